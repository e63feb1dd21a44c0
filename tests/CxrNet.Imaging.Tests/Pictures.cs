using System.Buffers.Binary;
using System.IO.Compression;
using SkiaSharp;

namespace CxrNet.Imaging.Tests;

/// <summary>Small files that the tests make themselves.</summary>
internal static class Pictures
{
    /// <summary>A JPEG whose columns run from black to white.</summary>
    public static byte[] Jpeg(int width, int height, SKColorType type, int quality = 95)
    {
        using SKBitmap bitmap = new(new SKImageInfo(width, height, type, SKAlphaType.Opaque));
        Span<byte> pixels = bitmap.GetPixelSpan();
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                byte v = (byte)(255 * x / Math.Max(1, width - 1));
                int i = (y * bitmap.RowBytes) + (x * bitmap.BytesPerPixel);
                pixels[i] = v;
                if (bitmap.BytesPerPixel == 4)
                {
                    (pixels[i + 1], pixels[i + 2], pixels[i + 3]) = (v, (byte)(255 - v), 255);
                }
            }
        }

        using SKData data = bitmap.Encode(SKEncodedImageFormat.Jpeg, quality);
        return data.ToArray();
    }

    /// <summary>A black JPEG with 16 x 16 white pixels at the top left.</summary>
    public static byte[] JpegWithWhiteCorner(int width, int height)
    {
        using SKBitmap bitmap = new(new SKImageInfo(width, height, SKColorType.Gray8, SKAlphaType.Opaque));
        Span<byte> pixels = bitmap.GetPixelSpan();
        pixels.Clear();
        for (int y = 0; y < 16; y++)
        {
            pixels.Slice(y * bitmap.RowBytes, 16).Fill(255);
        }

        using SKData data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 95);
        return data.ToArray();
    }

    /// <summary>Puts an APP1 segment with this orientation behind the JPEG's first marker.</summary>
    public static byte[] WithExifOrientation(byte[] jpeg, int orientation)
    {
        byte[] exif = [0xFF, 0xE1, 0, 34, .. "Exif\0\0MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0];
        return [.. jpeg[..2], .. exif, .. jpeg[2..]];
    }

    /// <summary>A PNG from rows that are already filtered (each begins with its filter byte).</summary>
    public static byte[] Png(int width, int height, int depth, int colourType, byte[] rows, bool interlaced = false, byte[]? palette = null, byte[]? transparency = null)
    {
        using MemoryStream file = new();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = ((byte)depth, (byte)colourType, (byte)(interlaced ? 1 : 0));
        Chunk(file, "IHDR"u8, header);
        if (palette is not null)
        {
            Chunk(file, "PLTE"u8, palette);
        }

        if (transparency is not null)
        {
            Chunk(file, "tRNS"u8, transparency);
        }

        using MemoryStream compressed = new();
        using (ZLibStream zlib = new(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            zlib.Write(rows);
        }

        byte[] data = compressed.ToArray();

        // Two chunks: real encoders split the stream anywhere.
        Chunk(file, "IDAT"u8, data.AsSpan(0, data.Length / 2));
        Chunk(file, "IDAT"u8, data.AsSpan(data.Length / 2));
        Chunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    /// <summary>Puts an eXIf chunk with this orientation behind the PNG's header.</summary>
    public static byte[] WithPngOrientation(byte[] png, byte orientation, bool bigEndian = true, bool damaged = false)
    {
        byte[] exif = bigEndian
            ? [.. "MM\0*"u8, 0, 0, 0, 8, 0, 2, 0x01, 0x0F, 0, 2, 0, 0, 0, 1, 0, 0, 0, 0, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0]
            : [.. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0];
        using MemoryStream chunk = new();
        Chunk(chunk, "eXIf"u8, exif);
        byte[] bytes = chunk.ToArray();
        bytes[^1] ^= (byte)(damaged ? 1 : 0);
        return [.. png[..33], .. bytes, .. png[33..]];
    }

    private static void Chunk(Stream stream, ReadOnlySpan<byte> type, ReadOnlySpan<byte> body)
    {
        byte[] chunk = new byte[12 + body.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, body.Length);
        type.CopyTo(chunk.AsSpan(4));
        body.CopyTo(chunk.AsSpan(8));
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + body.Length), Crc(chunk.AsSpan(4, 4 + body.Length)));
        stream.Write(chunk);
    }

    // Bit by bit, as the standard states it: not the code under test.
    public static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes)
        {
            crc ^= b;
            for (int k = 0; k < 8; k++)
            {
                crc = (crc & 1) != 0 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
            }
        }

        return ~crc;
    }
}
