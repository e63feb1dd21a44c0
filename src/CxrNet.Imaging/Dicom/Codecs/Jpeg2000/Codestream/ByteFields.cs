using System.Buffers.Binary;

namespace CxrNet.Imaging.Dicom.Codecs.Jpeg2000;

/// <summary>Reads the fields of one marker segment in turn; its end is an error, never an out-of-range read.</summary>
internal ref struct ByteFields(ReadOnlySpan<byte> body, string segment)
{
    private ReadOnlySpan<byte> _rest = body;

    public readonly int Left => _rest.Length;

    public int Byte() => Take(1)[0];

    public int UInt16() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    public uint UInt32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    /// <summary>A component's index: one byte, or two where the image has more than 256 (never accepted here).</summary>
    public int Component(int count)
    {
        int index = Byte();
        return index < count ? index : throw Jpeg2000Decoder.Error($"the {segment} segment names component {index} of {count}.");
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (_rest.Length < count)
        {
            throw Jpeg2000Decoder.Error($"the {segment} segment is too short.");
        }

        ReadOnlySpan<byte> taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
