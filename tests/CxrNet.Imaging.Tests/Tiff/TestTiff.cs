using System.Buffers.Binary;
using System.IO.Compression;

namespace CxrNet.Imaging.Tests.Tiff;

/// <summary>Writes TIFF files byte by byte, by TIFF 6.0 and by none of the code under test.</summary>
internal sealed class TestTiff
{
    public const int None = 1, Lzw = 5, Deflate = 8, PackBits = 32773;

    private readonly SortedDictionary<int, uint[]> _tags = [];
    private readonly List<byte[]> _blocks = [];
    private readonly HashSet<int> _longs = [256, 257, 273, 278, 279, 324, 325];

    public bool BigEndian { get; init; }

    /// <summary>Whether all strips or tiles are the bytes of the first.</summary>
    public bool SharesBlocks { get; init; }

    /// <summary>One strip of 8-bit or 16-bit samples.</summary>
    public static TestTiff Grey(int width, int height, int bits, byte[] strip, int compression = None, bool bigEndian = false) =>
        new TestTiff { BigEndian = bigEndian }.Tag(256, (uint)width).Tag(257, (uint)height).Tag(258, (uint)bits).Tag(259, (uint)compression).Tag(262, 1).Tag(277, 1).Tag(278, (uint)height).Strips(strip);

    /// <summary>Sets a tag; without values it is taken out.</summary>
    public TestTiff Tag(int tag, params uint[] values)
    {
        _tags[tag] = values;
        if (values.Length == 0)
        {
            _tags.Remove(tag);
        }

        return this;
    }

    public TestTiff Strips(params byte[][] strips) => Blocks(273, 279, strips);

    public TestTiff Tiles(uint width, uint height, params byte[][] tiles) => Tag(273).Tag(279).Tag(278).Tag(322, width).Tag(323, height).Blocks(324, 325, tiles);

    public byte[] File() => File(this);

    /// <summary>Several pages in one file.</summary>
    public static byte[] File(params TestTiff[] pages)
    {
        bool big = pages[0].BigEndian;
        List<byte> file = [.. big ? "MM\0*"u8 : "II*\0"u8, 0, 0, 0, 0];
        int link = 4;
        foreach (TestTiff page in pages)
        {
            Patch(file, link, (uint)file.Count, big);
            link = page.Append(file);
        }

        return [.. file];
    }

    /// <summary>Zlib, by the framework.</summary>
    public static byte[] Zlib(byte[] bytes)
    {
        using MemoryStream compressed = new();
        using (ZLibStream zlib = new(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(bytes);
        }

        return compressed.ToArray();
    }

    /// <summary>LZW that never compresses: a clear code, then up to 200 bytes as codes of 9 bits, and again; TIFF 6.0 section 13.</summary>
    public static byte[] LzwLiterals(byte[] bytes)
    {
        List<byte> result = [];
        int held = 0, bits = 0;
        void Put(int code)
        {
            (held, bits) = ((held << 9) | code, bits + 9);
            for (; bits >= 8; bits -= 8)
            {
                result.Add((byte)(held >> (bits - 8)));
            }

            held &= (1 << bits) - 1;
        }

        for (int i = 0; i < bytes.Length; i++)
        {
            if (i % 200 == 0)
            {
                Put(256);
            }

            Put(bytes[i]);
        }

        Put(257);
        result.Add((byte)(held << (8 - bits)));
        return [.. result];
    }

    private TestTiff Blocks(int offsets, int counts, byte[][] blocks)
    {
        _blocks.Clear();
        _blocks.AddRange(blocks);
        return Tag(offsets, new uint[blocks.Length]).Tag(counts, [.. blocks.Select(b => (uint)b.Length)]);
    }

    // The blocks behind the directory and its values; gives back where the offset of the next directory is to stand.
    private int Append(List<byte> file)
    {
        int directory = file.Count, values = directory + 2 + (_tags.Count * 12) + 4;
        int blocks = values + _tags.Sum(tag => Size(tag.Key, tag.Value) is > 4 and int size ? size : 0);
        int offsets = _tags.ContainsKey(324) ? 324 : 273;
        if (_tags.TryGetValue(offsets, out uint[]? starts))
        {
            for (int i = 0, at = blocks; i < starts.Length; at += SharesBlocks ? 0 : _blocks[i].Length, i++)
            {
                starts[i] = (uint)at;
            }
        }

        List<byte> behind = [];
        Add(file, (uint)_tags.Count, 2);
        foreach ((int tag, uint[] given) in _tags)
        {
            int width = _longs.Contains(tag) ? 4 : 2;
            Add(file, (uint)tag, 2);
            Add(file, width == 4 ? 4u : 3u, 2);
            Add(file, (uint)given.Length, 4);
            List<byte> target = given.Length * width > 4 ? behind : file;
            int end = file.Count + 4;
            if (target == behind)
            {
                Add(file, (uint)(values + behind.Count), 4);
            }

            foreach (uint value in given)
            {
                Add(target, value, width);
            }

            while (file.Count < end)
            {
                file.Add(0);
            }
        }

        int link = file.Count;
        file.AddRange([0, 0, 0, 0, .. behind]);
        foreach (byte[] block in _blocks.Take(SharesBlocks ? 1 : _blocks.Count))
        {
            file.AddRange(block);
        }

        return link;
    }

    private int Size(int tag, uint[] values) => values.Length * (_longs.Contains(tag) ? 4 : 2);

    private void Add(List<byte> target, uint value, int width)
    {
        Span<byte> bytes = stackalloc byte[4];
        if (BigEndian)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
            bytes = bytes[(4 - width)..];
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        }

        target.AddRange(bytes[..width]);
    }

    private static void Patch(List<byte> file, int at, uint value, bool big)
    {
        for (int i = 0; i < 4; i++)
        {
            file[at + i] = (byte)(value >> (big ? 24 - (8 * i) : 8 * i));
        }
    }
}
