using System.Buffers.Binary;

namespace CxrNet.Imaging.Dicom.Codecs.JpegDct;

/// <summary>Quantisation tables (T.81, B.2.4.1) and the order that they and the coefficients come in.</summary>
internal static class DctQuantization
{
    /// <summary>Where the k-th coefficient of the zigzag stands in natural order; T.81, figure A.6.</summary>
    public static ReadOnlySpan<byte> Zigzag =>
    [
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
        35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
    ];

    /// <summary>Keeps the tables of one DQT segment, 64 steps each in zigzag order.</summary>
    /// <exception cref="InvalidDataException">One is cut off, or its precision or slot is none that T.81 knows.</exception>
    public static void ReadAll(ReadOnlySpan<byte> body, ushort[]?[] slots)
    {
        while (!body.IsEmpty)
        {
            (int precision, int slot) = (body[0] >> 4, body[0] & 15);
            int length = 1 + (64 * (precision + 1));
            if (precision > 1 || slot > 3 || body.Length < length)
            {
                throw Codestream.Error(DctDecoder.Name, $"quantisation table 0x{body[0]:X2} has {body.Length - 1} bytes; precision 0 with 64 or 1 with 128, slots 0 to 3 expected.");
            }

            ushort[] table = new ushort[64];
            for (int i = 0; i < 64; i++)
            {
                table[i] = precision == 0 ? body[1 + i] : BinaryPrimitives.ReadUInt16BigEndian(body[(1 + (2 * i))..]);
            }

            slots[slot] = table;
            body = body[length..];
        }
    }
}
