using System.Buffers.Binary;

namespace CxrNet.Imaging;

/// <summary>Finds the orientation in EXIF data as a PNG's eXIf chunk holds it: a TIFF header and its first directory (CIPA DC-008, 4.5 and 4.6).</summary>
internal static class ExifOrientation
{
    private const int Tag = 0x0112;
    private const int Short = 3;
    private const int EntryLength = 12;

    /// <summary>1 to 8; 1, upright, where nothing is stated or what is stated makes no sense: a picture is not refused for it.</summary>
    public static int Read(ReadOnlySpan<byte> exif)
    {
        bool bigEndian = exif is [(byte)'M', (byte)'M', 0, 42, ..];
        if (exif.Length < 8 || !(bigEndian || exif is [(byte)'I', (byte)'I', 42, 0, ..]))
        {
            return 1;
        }

        uint directory = bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(exif[4..]) : BinaryPrimitives.ReadUInt32LittleEndian(exif[4..]);
        if (directory > exif.Length - 2)
        {
            return 1;
        }

        ReadOnlySpan<byte> entries = exif[(int)directory..];
        int count = UInt16(entries, bigEndian);
        for (entries = entries[2..]; count > 0 && entries.Length >= EntryLength; count--, entries = entries[EntryLength..])
        {
            if (UInt16(entries, bigEndian) == Tag && UInt16(entries[2..], bigEndian) == Short)
            {
                return UInt16(entries[8..], bigEndian) is >= 1 and <= 8 and var orientation ? orientation : 1;
            }
        }

        return 1;
    }

    private static ushort UInt16(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
}
