using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace CxrNet.Imaging;

/// <summary>A PNG taken apart: header, palette, and the compressed pixels as one stream.</summary>
internal sealed class PngChunks : IDisposable
{
    private byte[] _compressed = [];

    public PngHeader Header { get; private set; }

    /// <summary>256 entries of red, green, blue; entries that the file does not define are black.</summary>
    public byte[] Palette { get; } = new byte[768];

    public bool PaletteIsGrey { get; private set; }

    public bool HasTransparency { get; private set; }

    /// <summary>The EXIF orientation, 1 to 8; 1 where the file states none.</summary>
    public int Orientation { get; private set; } = 1;

    public int CompressedLength { get; private set; }

    /// <summary>Walks the chunks. The compressed data is gathered in a pooled array; nothing is allocated for pixels.</summary>
    public static PngChunks Read(ReadOnlySpan<byte> data)
    {
        PngChunks chunks = new();
        try
        {
            chunks.Walk(data);
            return chunks;
        }
        catch
        {
            chunks.Dispose();
            throw;
        }
    }

    public Stream OpenPixels() => new ZLibStream(new MemoryStream(_compressed, 0, CompressedLength, writable: false), CompressionMode.Decompress);

    public void Dispose()
    {
        if (_compressed.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_compressed);
            _compressed = [];
        }
    }

    private void Walk(ReadOnlySpan<byte> data)
    {
        bool headerSeen = false;
        bool paletteSeen = false;
        int i = PngFormat.Signature.Length;
        while (i + 8 <= data.Length)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(data[i..]);
            ReadOnlySpan<byte> type = data.Slice(i + 4, 4);
            bool pixels = type.SequenceEqual("IDAT"u8);

            // A file that ends inside its pixels is reported by how many pixels are there, so the cut chunk is read as far as it goes.
            int available = data.Length - i - 8;
            if (length > available && !pixels)
            {
                break;
            }

            ReadOnlySpan<byte> body = data.Slice(i + 8, (int)Math.Min(length, available));
            if (!headerSeen && !type.SequenceEqual("IHDR"u8))
            {
                throw new InvalidDataException($"The PNG begins with the chunk {DecodeGuard.FirstBytes(type)}; IHDR expected.");
            }

            if (type.SequenceEqual("IHDR"u8))
            {
                CheckCrc(data, i, body.Length);
                Header = PngHeader.Parse(body);
                headerSeen = true;
            }
            else if (type.SequenceEqual("PLTE"u8))
            {
                CheckCrc(data, i, body.Length);
                ReadPalette(body);
                paletteSeen = true;
            }
            else if (type.SequenceEqual("tRNS"u8))
            {
                HasTransparency = true;
            }
            else if (type.SequenceEqual("eXIf"u8))
            {
                // It turns the picture, so a damaged one must not; nor is the picture lost for it.
                Orientation = HasCrc(data, i, body.Length) ? ExifOrientation.Read(body) : 1;
            }
            else if (pixels)
            {
                Append(body, data.Length);
            }
            else if (type.SequenceEqual("IEND"u8))
            {
                break;
            }

            if (length > available)
            {
                break;
            }

            i += 12 + (int)length;
        }

        if (!headerSeen || CompressedLength == 0)
        {
            throw new InvalidDataException($"The PNG has no {(headerSeen ? "pixel data (IDAT)" : "header (IHDR)")} in its {data.Length} bytes; it is cut off or damaged.");
        }

        if (Header.IsPalette && !paletteSeen)
        {
            throw new InvalidDataException("The PNG uses a palette but has none (PLTE).");
        }
    }

    // Only where it matters: the checksum of zlib's own format covers the pixels.
    private static void CheckCrc(ReadOnlySpan<byte> data, int start, int length)
    {
        if (!HasCrc(data, start, length))
        {
            throw new InvalidDataException($"The checksum of the PNG chunk {DecodeGuard.FirstBytes(data.Slice(start + 4, 4))} is wrong or cut off.");
        }
    }

    private static bool HasCrc(ReadOnlySpan<byte> data, int start, int length) =>
        start + 12 + length <= data.Length && PngFormat.Crc(data.Slice(start + 4, 4 + length)) == BinaryPrimitives.ReadUInt32BigEndian(data[(start + 8 + length)..]);

    private void ReadPalette(ReadOnlySpan<byte> body)
    {
        if (body.Length is 0 or > 768 || body.Length % 3 != 0)
        {
            throw new InvalidDataException($"The PNG palette has {body.Length} bytes; a multiple of 3 up to 768 expected.");
        }

        body.CopyTo(Palette);
        PaletteIsGrey = true;
        for (int i = 0; i < body.Length; i += 3)
        {
            PaletteIsGrey &= body[i] == body[i + 1] && body[i] == body[i + 2];
        }
    }

    private void Append(ReadOnlySpan<byte> body, int fileLength)
    {
        if (_compressed.Length == 0)
        {
            _compressed = ArrayPool<byte>.Shared.Rent(fileLength);
        }

        body.CopyTo(_compressed.AsSpan(CompressedLength));
        CompressedLength += body.Length;
    }
}
