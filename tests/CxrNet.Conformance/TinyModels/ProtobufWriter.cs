using System.Text;

namespace CxrNet.Conformance;

/// <summary>Writes one protobuf message, https://protobuf.dev/programming-guides/encoding/: enough to make ONNX files, whole and broken ones, that no library would write.</summary>
public sealed class ProtobufWriter
{
    private readonly List<byte> _message = [];

    public byte[] ToBytes() => [.. _message];

    public ProtobufWriter Number(int field, long value)
    {
        Varint((ulong)field << 3);
        Varint((ulong)value);
        return this;
    }

    public ProtobufWriter Float(int field, float value)
    {
        Varint(((ulong)field << 3) | 5);
        _message.AddRange(BitConverter.GetBytes(value));
        return this;
    }

    public ProtobufWriter Bytes(int field, ReadOnlySpan<byte> value)
    {
        Varint(((ulong)field << 3) | 2);
        Varint((ulong)value.Length);
        _message.AddRange(value);
        return this;
    }

    public ProtobufWriter Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public ProtobufWriter Message(int field, ProtobufWriter value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Bytes(field, value.ToBytes());
    }

    private void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            _message.Add((byte)(value | 0x80));
        }

        _message.Add((byte)value);
    }
}
