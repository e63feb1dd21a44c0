using System.Buffers.Binary;

namespace CxrNet.Imaging;

/// <summary>One image file directory, checked so far that its every value lies inside the file.</summary>
/// <remarks>Own code before the library's: LibTiff.Net allocates what a directory claims, and answers a damaged one with whatever exception it runs into.</remarks>
internal sealed class TiffDirectory
{
    private const int EntryLength = 12;
    private readonly Dictionary<int, (int Type, uint Count, int Offset)> _entries = [];
    private readonly ReadOnlyMemory<byte> _file;
    private readonly bool _bigEndian;

    /// <summary>Reads the entries.</summary>
    /// <exception cref="InvalidDataException">The directory or a value reaches beyond the file, or a tag appears twice.</exception>
    public TiffDirectory(ReadOnlyMemory<byte> file, bool bigEndian, uint offset)
    {
        (_file, _bigEndian, Offset) = (file, bigEndian, offset);
        int count = CountAt(file.Span, bigEndian, offset);
        long valueBytes = 0;
        for (int i = 0; i < count; i++)
        {
            int at = (int)offset + 2 + (i * EntryLength);
            (int tag, int type, uint values) = (Word(at), Word(at + 2), Long(at + 4));
            long bytes = (long)values * WidthOf(type);
            int valueAt = at + 8;
            if (bytes > 4)
            {
                uint stored = Long(at + 8);
                valueBytes += bytes;

                // The sum too: entries which all claim the same bytes would multiply the memory that their copies take.
                if (stored + bytes > file.Length || valueBytes > file.Length)
                {
                    throw new InvalidDataException($"The TIFF's tag {tag} claims {values} values at byte {stored}, beyond the file's {file.Length} bytes.");
                }

                valueAt = (int)stored;
            }

            if (!_entries.TryAdd(tag, (type, values, valueAt)))
            {
                throw new InvalidDataException($"The TIFF's tag {tag} appears twice in one directory; once expected.");
            }
        }
    }

    /// <summary>Where the directory begins.</summary>
    public uint Offset { get; }

    /// <summary>The number of entries of the directory at an offset.</summary>
    /// <exception cref="InvalidDataException">It does not lie inside the file.</exception>
    public static int CountAt(ReadOnlySpan<byte> file, bool bigEndian, uint offset)
    {
        int count = offset >= 8 && (long)offset + 2 <= file.Length ? Word(file[(int)offset..], bigEndian) : 0;
        return count > 0 && offset + 6L + (count * EntryLength) <= file.Length
            ? count
            : throw new InvalidDataException($"The TIFF's directory at byte {offset} with {count} entries does not lie inside the file of {file.Length} bytes.");
    }

    /// <summary>The offset of the directory after the one at an offset; 0 for the last.</summary>
    public static uint NextOf(ReadOnlySpan<byte> file, bool bigEndian, uint offset) =>
        Long(file[((int)offset + 2 + (CountAt(file, bigEndian, offset) * EntryLength))..], bigEndian);

    public static int Word(ReadOnlySpan<byte> bytes, bool bigEndian) => bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    public static uint Long(ReadOnlySpan<byte> bytes, bool bigEndian) => bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    public bool Has(int tag) => _entries.ContainsKey(tag);

    /// <summary>How many values a tag has; 0 where it is not there.</summary>
    public long CountOf(int tag) => _entries.TryGetValue(tag, out (int, uint Count, int) entry) ? entry.Count : 0;

    /// <summary>A tag's value, or a default where it is not there.</summary>
    /// <exception cref="InvalidDataException">It is no number, or its values differ.</exception>
    public long ValueOr(int tag, long missing) => CountOf(tag) == 0 ? missing : Value(tag);

    /// <summary>A tag's value where all its values are the same.</summary>
    /// <exception cref="InvalidDataException">It is missing, or is no number, or its values differ.</exception>
    public long Value(int tag)
    {
        if (CountOf(tag) == 0)
        {
            throw new InvalidDataException($"The TIFF's tag {tag} is missing; pixels cannot be read without it.");
        }

        // One a channel at the most; more are possible in a hostile file only.
        long first = ValueAt(tag, 0);
        for (int i = 1; i < Math.Min(CountOf(tag), 16); i++)
        {
            if (ValueAt(tag, i) != first)
            {
                throw new InvalidDataException($"The TIFF's tag {tag} has the values {first} and {ValueAt(tag, i)}; one and the same expected.");
            }
        }

        return first;
    }

    /// <summary>One of a tag's values.</summary>
    public long ValueAt(int tag, int index)
    {
        (int type, _, int offset) = _entries[tag];
        return type switch
        {
            3 => Word(offset + (2 * index)),
            4 => Long(offset + (4 * index)),
            _ => throw new InvalidDataException($"The TIFF's tag {tag} is of type {type}; 3 (SHORT) or 4 (LONG) expected."),
        };
    }

    /// <summary>The bytes of a strip or tile as they lie in the file.</summary>
    public ReadOnlySpan<byte> BlockAt(int index, bool isTiled) => isTiled
        ? _file.Span.Slice((int)ValueAt(TiffTags.TileOffsets, index), (int)ValueAt(TiffTags.TileByteCounts, index))
        : _file.Span.Slice((int)ValueAt(TiffTags.StripOffsets, index), (int)ValueAt(TiffTags.StripByteCounts, index));

    private static int WidthOf(int type) => type switch { 1 or 2 or 6 or 7 => 1, 3 or 8 => 2, 4 or 9 or 11 or 13 => 4, 5 or 10 or 12 => 8, _ => 0 };

    private int Word(int offset) => Word(_file.Span[offset..], _bigEndian);

    private uint Long(int offset) => Long(_file.Span[offset..], _bigEndian);
}
