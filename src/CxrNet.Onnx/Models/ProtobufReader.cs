using System.Text;

namespace CxrNet.Onnx;

/// <summary>Walks the fields of one protobuf message in place. Hostile bytes end in an <see cref="InvalidDataException"/>, never in a read beyond the span.</summary>
/// <remarks>The wire format is at https://protobuf.dev/programming-guides/encoding/. Google.Protobuf would copy all weights to reach a few bytes of metadata.</remarks>
internal ref struct ProtobufReader(ReadOnlySpan<byte> message)
{
    private const int Varint = 0, Fixed64 = 1, LengthDelimited = 2, Fixed32 = 5;

    private ReadOnlySpan<byte> _rest = message;

    /// <summary>The current field's number.</summary>
    public int Field { get; private set; }

    /// <summary>The current field's bytes; empty where it is a number.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>The current field as it stands in the message, its tag included: what a writer copies that does not touch it.</summary>
    public ReadOnlySpan<byte> Raw { get; private set; }

    /// <summary>The current field's number value; 0 where it is not a varint.</summary>
    public ulong Number { get; private set; }

    /// <summary>The current field's bytes as text.</summary>
    public readonly string Text => Encoding.UTF8.GetString(Bytes);

    /// <summary>Goes to the next field.</summary>
    public bool Next()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        ReadOnlySpan<byte> start = _rest;
        ulong tag = ReadVarint();
        Field = tag >> 3 is > 0 and < 1 << 29 ? (int)(tag >> 3) : throw new InvalidDataException($"field number {tag >> 3}");
        Bytes = default;
        Number = 0;
        switch ((int)(tag & 7))
        {
            case Varint:
                Number = ReadVarint();
                break;
            case Fixed64:
                Bytes = Take(8);
                break;
            case LengthDelimited:
                Bytes = Take(ReadVarint());
                break;
            case Fixed32:
                Bytes = Take(4);
                break;
            default:
                throw new InvalidDataException($"wire type {tag & 7}");
        }

        Raw = start[..^_rest.Length];
        return true;
    }

    /// <summary>The numbers of a repeated field, which may be packed into one or stand alone.</summary>
    public readonly void AddNumbersTo(List<long> numbers)
    {
        if (Bytes.IsEmpty)
        {
            numbers.Add((long)Number);
            return;
        }

        ProtobufReader packed = new(Bytes);
        while (!packed._rest.IsEmpty)
        {
            numbers.Add((long)packed.ReadVarint());
        }
    }

    private ReadOnlySpan<byte> Take(ulong length)
    {
        if (length > (ulong)_rest.Length)
        {
            throw new InvalidDataException($"a field of {length} bytes where {_rest.Length} are left");
        }

        ReadOnlySpan<byte> taken = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return taken;
    }

    private ulong ReadVarint()
    {
        ulong value = 0;
        for (int i = 0; i < 10; i++)
        {
            if (i >= _rest.Length)
            {
                break;
            }

            value |= (ulong)(_rest[i] & 0x7F) << (7 * i);
            if (_rest[i] < 0x80)
            {
                _rest = _rest[(i + 1)..];
                return value;
            }
        }

        throw new InvalidDataException("a number without an end");
    }
}
