using System.Buffers.Binary;

namespace CxrNet.Imaging;

/// <summary>What a JPEG stream says of itself before its first scan; ITU-T T.81, B.2.</summary>
/// <param name="Process">The frame marker's low byte: 0xC0 baseline, 0xC1 extended, 0xC2 progressive, 0xC3 lossless …</param>
/// <param name="Precision">Bits per sample.</param>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Components">1 grey, 3 colour, 4 CMYK.</param>
/// <param name="HasJfif">Whether an APP0 JFIF marker is there, which makes three components YCbCr.</param>
/// <param name="AdobeTransform">The Adobe APP14 colour transform: 0 none, 1 YCbCr, 2 YCCK; null without the marker.</param>
/// <param name="ComponentIds">The identifiers of the first three components, 0 where absent; "RGB" where an encoder states no transform so.</param>
internal readonly record struct JpegHeader(
    byte Process, int Precision, int Width, int Height, int Components, bool HasJfif, int? AdobeTransform, (byte First, byte Second, byte Third) ComponentIds)
{
    /// <summary>Whether a file begins as every JPEG does: start of image, and the first byte of another marker.</summary>
    public static bool Begins(ReadOnlySpan<byte> file) => file is [0xFF, 0xD8, 0xFF, ..];

    /// <summary>Walks the markers up to the frame header.</summary>
    /// <exception cref="InvalidDataException">There is none, or the stream ends before it.</exception>
    public static JpegHeader Read(ReadOnlySpan<byte> data)
    {
        bool jfif = false;
        int? adobe = null;
        int i = 2;
        while (i + 4 <= data.Length)
        {
            if (data[i] != 0xFF)
            {
                throw new InvalidDataException($"The JPEG has 0x{data[i]:X2} at byte {i}, where a marker (0xFF) was expected.");
            }

            byte marker = data[i + 1];
            if (marker is 0xFF or 0x01 or (>= 0xD0 and <= 0xD8))
            {
                i += marker == 0xFF ? 1 : 2;
                continue;
            }

            int length = BinaryPrimitives.ReadUInt16BigEndian(data[(i + 2)..]);
            if (marker is 0xD9 or 0xDA || length < 2 || i + 2 + length > data.Length)
            {
                break;
            }

            ReadOnlySpan<byte> body = data.Slice(i + 4, length - 2);
            if (marker is >= 0xC0 and <= 0xCF and not 0xC4 and not 0xC8 and not 0xCC)
            {
                return Frame(marker, body, jfif, adobe);
            }

            jfif |= marker == 0xE0 && body.StartsWith("JFIF"u8);
            if (marker == 0xEE && body.StartsWith("Adobe"u8) && body.Length >= 12)
            {
                adobe = body[11];
            }

            i += 2 + length;
        }

        throw new InvalidDataException($"The JPEG has no complete frame header in its {data.Length} bytes; it is cut off or damaged.");
    }

    /// <summary>Refuses what Skia would read wrongly or not at all, and a size that the file cannot hold.</summary>
    public void RefuseUnreadable(long fileBytes, DecodeLimits limits)
    {
        if (Components is not (1 or 3))
        {
            throw new InvalidDataException($"The JPEG has {Components} components{(Components == 4 ? " (CMYK)" : "")}; 1 (grey) or 3 (colour) expected.");
        }

        if (Process is not (0xC0 or 0xC1 or 0xC2))
        {
            throw new InvalidDataException($"The JPEG's coding process is 0x{Process:X2}; baseline, extended or progressive Huffman (0xC0 to 0xC2) expected.");
        }

        if (Precision != 8)
        {
            throw new InvalidDataException($"The JPEG has {Precision} bits per sample; 8 expected outside DICOM.");
        }

        DecodeGuard.CheckSize("JPEG", Width, Height, limits);

        // A Huffman-coded 8 x 8 block takes one bit at the least, so a byte holds 512 pixels at the most.
        if ((long)Width * Height > 512 * fileBytes)
        {
            throw new InvalidDataException($"The JPEG header claims {Width} x {Height} pixels, which {fileBytes} bytes cannot hold.");
        }
    }

    private static JpegHeader Frame(byte marker, ReadOnlySpan<byte> body, bool jfif, int? adobe)
    {
        if (body.Length < 6 || body.Length < 6 + (3 * body[5]) || body[5] == 0)
        {
            throw new InvalidDataException($"The JPEG frame header has {body.Length} bytes, too few for its components.");
        }

        int n = body[5];
        return new JpegHeader(
            marker,
            body[0],
            BinaryPrimitives.ReadUInt16BigEndian(body[3..]),
            BinaryPrimitives.ReadUInt16BigEndian(body[1..]),
            n,
            jfif,
            adobe,
            (body[6], n > 1 ? body[9] : (byte)0, n > 2 ? body[12] : (byte)0));
    }
}
