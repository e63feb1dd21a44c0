using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.Numerics.Tensors;
using System.Text;

namespace CxrNet.Imaging;

/// <summary>Writes one PNG, 8 bits per sample, grey or RGB, to a stream.</summary>
internal static class PngWriter
{
    private const int MaxKeyword = 79;

    /// <summary>Writes header, text, pixels and end.</summary>
    /// <param name="stream">Where to; left open.</param>
    /// <param name="samples">Row-major, channels interleaved.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="channels">1 grey, 3 RGB.</param>
    /// <param name="texts">Keyword (Latin-1, 1 to 79 characters) and text pairs, written as tEXt chunks.</param>
    public static void Write(Stream stream, ReadOnlySpan<byte> samples, int width, int height, int channels, IReadOnlyDictionary<string, string>? texts)
    {
        stream.Write(PngFormat.Signature);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        (header[8], header[9]) = (8, (byte)(channels == 3 ? 2 : 0));
        header[10..].Clear();
        Chunk(stream, "IHDR"u8, header);
        foreach ((string key, string text) in texts ?? new Dictionary<string, string>())
        {
            Chunk(stream, "tEXt"u8, Encoding.Latin1.GetBytes($"{key}\0{text}"));
        }

        using MemoryStream compressed = new();
        Compress(compressed, samples, width * channels, height);
        Chunk(stream, "IDAT"u8, compressed.GetBuffer().AsSpan(0, (int)compressed.Length));
        Chunk(stream, "IEND"u8, []);
    }

    /// <summary>Refuses what no tEXt chunk can hold, before a file is begun; W3C PNG, 11.3.3.</summary>
    /// <exception cref="ArgumentException">A keyword is empty, longer than 79 characters, or, as a text may not either, holds the zero that separates the two.</exception>
    public static void CheckTexts(IReadOnlyDictionary<string, string>? texts, string parameter)
    {
        foreach ((string key, string text) in texts ?? new Dictionary<string, string>())
        {
            if (key.Length is 0 or > MaxKeyword || key.Contains('\0', StringComparison.Ordinal) || text.Contains('\0', StringComparison.Ordinal))
            {
                throw new ArgumentException($"The keyword '{DecodeGuard.Printable(key)}' has {key.Length} characters; 1 to {MaxKeyword} expected, and no zero in it or in its text.", parameter);
            }
        }
    }

    private static void Compress(Stream target, ReadOnlySpan<byte> samples, int rowBytes, int height)
    {
        using ZLibStream zlib = new(target, CompressionLevel.Fastest, leaveOpen: true);
        byte[] line = ArrayPool<byte>.Shared.Rent(rowBytes + 1);
        for (int y = 0; y < height; y++)
        {
            // Filter 2 (Up): one subtraction per byte, vectorised, and near the best choice for smooth pictures such as radiographs.
            line[0] = (byte)(y == 0 ? 0 : 2);
            ReadOnlySpan<byte> row = samples.Slice(y * rowBytes, rowBytes);
            if (y == 0)
            {
                row.CopyTo(line.AsSpan(1));
            }
            else
            {
                TensorPrimitives.Subtract(row, samples.Slice((y - 1) * rowBytes, rowBytes), line.AsSpan(1, rowBytes));
            }

            zlib.Write(line, 0, rowBytes + 1);
        }

        ArrayPool<byte>.Shared.Return(line);
    }

    private static void Chunk(Stream stream, ReadOnlySpan<byte> type, ReadOnlySpan<byte> body)
    {
        byte[] chunk = ArrayPool<byte>.Shared.Rent(12 + body.Length);
        BinaryPrimitives.WriteInt32BigEndian(chunk, body.Length);
        type.CopyTo(chunk.AsSpan(4));
        body.CopyTo(chunk.AsSpan(8));
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + body.Length), PngFormat.Crc(chunk.AsSpan(4, 4 + body.Length)));
        stream.Write(chunk, 0, 12 + body.Length);
        ArrayPool<byte>.Shared.Return(chunk);
    }
}
