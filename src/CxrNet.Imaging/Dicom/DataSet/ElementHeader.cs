using System.Buffers.Binary;

namespace CxrNet.Imaging.Dicom;

/// <summary>The head of one element: tag, value representation, length; PS3.5, 7.1.</summary>
internal readonly record struct ElementHeader(uint Tag, ushort Vr, uint Length, int Size, DicomEncoding Encoding)
{
    public const uint UndefinedLength = 0xFFFF_FFFF;

    public bool IsUndefinedLength => Length == UndefinedLength;

    /// <summary>Reads the head at <paramref name="position"/>; false where fewer bytes are left than it has.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, int position, DicomEncoding encoding, out ElementHeader header)
    {
        header = default;
        if (position > data.Length - 8)
        {
            return false;
        }

        ReadOnlySpan<byte> head = data[position..];
        uint tag = ((uint)UInt16(head, encoding) << 16) | UInt16(head[2..], encoding);
        ushort vr = BinaryPrimitives.ReadUInt16BigEndian(head[4..]);

        // Delimiters have no value representation; an element without letters in an explicit data set was written implicitly, as some archives do.
        if (!encoding.IsExplicit || tag >> 16 == 0xFFFE || !ValueRepresentation.IsLetters(vr))
        {
            header = new(tag, 0, UInt32(head[4..], encoding), 8, encoding with { IsExplicit = false });
            return true;
        }

        if (ValueRepresentation.HasShortLength(vr))
        {
            header = new(tag, vr, UInt16(head[6..], encoding), 8, encoding);
            return true;
        }

        if (head.Length < 12)
        {
            return false;
        }

        // What an unknown element holds is implicit little endian, whatever surrounds it; PS3.5, 6.2.2.
        uint length = UInt32(head[8..], encoding);
        header = new(tag, vr, length, 12, vr == ValueRepresentation.UN ? DicomEncoding.ImplicitLittle : encoding);
        return true;
    }

    private static ushort UInt16(ReadOnlySpan<byte> bytes, DicomEncoding encoding) =>
        encoding.IsBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static uint UInt32(ReadOnlySpan<byte> bytes, DicomEncoding encoding) =>
        encoding.IsBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
