using System.Buffers.Binary;

namespace CxrNet.Imaging.Dicom;

/// <summary>Reads lookup tables; PS3.3 C.11.1.1 and C.7.6.3.1.5.</summary>
internal static class LookupTables
{
    /// <summary>The table that a descriptor and its data make up; null where either is missing or makes no sense.</summary>
    /// <param name="set">The item or data set that holds both.</param>
    /// <param name="descriptor">Number of entries (0 stands for 65,536), first value mapped, bits per entry.</param>
    /// <param name="data">The entries.</param>
    /// <param name="signed">Whether the first value mapped is signed where the encoding does not say.</param>
    public static LookupTable? Read(DicomDataSet set, uint descriptor, uint data, bool signed)
    {
        int? count = set.Integer(descriptor, 0);
        int? first = set.Integer(descriptor, 1, signed);
        int? bits = set.Integer(descriptor, 2);
        if (count is null || first is null || bits is null || !set.TryGet(data, out DicomElement element))
        {
            return null;
        }

        int n = (ushort)count.Value == 0 ? 65536 : (ushort)count.Value;
        ReadOnlySpan<byte> bytes = set.Bytes(data).Span;

        // 8-bit entries may be packed two to a word, or stand in a word each.
        bool packed = bits <= 8 && bytes.Length < 2 * n;
        if (bits is < 8 or > 16 || bytes.Length < (packed ? n : 2 * n))
        {
            return null;
        }

        ushort[] entries = new ushort[n];
        for (int i = 0; i < n; i++)
        {
            entries[i] = packed ? bytes[element.HasSwappedPairs ? NativePixels.Partner(i, bytes.Length) : i]
                : element.Encoding.IsBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes[(2 * i)..])
                : BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 * i)..]);
        }

        return new LookupTable(first.Value, bits.Value, entries);
    }
}
