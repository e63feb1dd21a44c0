namespace CxrNet.Imaging;

/// <summary>The chain of a TIFF's directories.</summary>
internal static class TiffPages
{
    // Beyond that nobody counts pages; it bounds the memory that remembers them.
    private const int Most = 65_535;

    /// <summary>Finds the directory of a page and counts all of them.</summary>
    /// <exception cref="InvalidDataException">The header is no TIFF's, the chain leaves the file or runs in a circle, or there are fewer pages.</exception>
    public static TiffDirectory Find(ReadOnlyMemory<byte> file, int page, out int count)
    {
        ReadOnlySpan<byte> bytes = file.Span;
        if (bytes.Length < 8)
        {
            throw new InvalidDataException($"The TIFF header is cut off after {bytes.Length} bytes; 8 expected.");
        }

        bool bigEndian = bytes[0] == 'M';
        int version = TiffDirectory.Word(bytes[2..], bigEndian);
        if (version != 42)
        {
            throw new InvalidDataException(version == 43 ? "BigTIFF (version 43) is not read; TIFF (version 42) expected." : $"The TIFF header names version {version}; 42 expected.");
        }

        HashSet<uint> seen = [];
        uint wanted = 0;
        for (uint offset = TiffDirectory.Long(bytes[4..], bigEndian); offset != 0 || seen.Count == 0; offset = TiffDirectory.NextOf(bytes, bigEndian, offset))
        {
            wanted = seen.Count == page ? offset : wanted;
            if (!seen.Add(offset))
            {
                throw new InvalidDataException($"The TIFF's directories run in a circle: the one at byte {offset} follows twice.");
            }

            if (seen.Count == Most)
            {
                break;
            }
        }

        count = seen.Count;
        return wanted != 0 || page == 0 ? new TiffDirectory(file, bigEndian, wanted) : throw new InvalidDataException($"The TIFF has {count} pages; page {page}, counted from 0, was asked for.");
    }
}
