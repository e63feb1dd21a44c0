using System.Buffers.Binary;
using CxrNet.Imaging.Dicom.Codecs.JpegDct;

namespace CxrNet.Imaging;

/// <summary>What <see cref="GrayJpeg"/> needs of a stream's segments; ITU-T T.81, B.2.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Quant">64 steps in zigzag order.</param>
/// <param name="Dc">The table of the first coefficients.</param>
/// <param name="Ac">The table of the others.</param>
/// <param name="RestartInterval">Blocks between two restart markers; 0 where there are none.</param>
/// <param name="Scan">Where the entropy-coded data begins.</param>
internal sealed record GrayJpegHeader(int Width, int Height, ushort[] Quant, GrayJpegTable Dc, GrayJpegTable Ac, int RestartInterval, int Scan)
{
    /// <summary>Blocks across.</summary>
    public int Columns => (Width + 7) / 8;

    /// <summary>Blocks down.</summary>
    public int Rows => (Height + 7) / 8;

    /// <summary>Reads up to the scan; null for whatever is not one sequential 8-bit scan of one component.</summary>
    public static GrayJpegHeader? Read(ReadOnlySpan<byte> data)
    {
        ushort[]?[] quants = new ushort[4][];
        byte[]?[] tables = new byte[8][];
        int restartInterval = 0, quantSlot = -1, component = -1;
        (int Width, int Height) size = default;
        for (int at = 2; at + 4 <= data.Length;)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(data[(at + 2)..]);
            if (data[at] != 0xFF || length < 2 || at + 2 + length > data.Length)
            {
                return null;
            }

            ReadOnlySpan<byte> body = data.Slice(at + 4, length - 2);
            switch (data[at + 1])
            {
                case 0xDB when Accepts(DctQuantization.ReadAll, body, quants):
                case >= 0xE0 and <= 0xEF or 0xFE:
                    break;
                case 0xC4 when Accepts(DctHuffmanTable.ReadAll, body, tables):
                    break;
                case 0xDD when body.Length == 2:
                    restartInterval = BinaryPrimitives.ReadUInt16BigEndian(body);
                    break;
                case 0xC0 or 0xC1 when quantSlot < 0 && body is [8, _, _, _, _, 1, var id, _, <= 3]:
                    size = (BinaryPrimitives.ReadUInt16BigEndian(body[3..]), BinaryPrimitives.ReadUInt16BigEndian(body[1..]));
                    (component, quantSlot) = (id, body[8]);
                    break;
                case 0xDA when body is [1, var id, _, 0, 63, 0] && id == component && (body[2] >> 4) < 4 && (body[2] & 15) < 4:
                    return quants[quantSlot] is { } quant && tables[body[2] >> 4] is { } dc && tables[4 + (body[2] & 15)] is { } ac && GrayJpegTable.Build(dc) is { } first && GrayJpegTable.Build(ac) is { } others
                        ? new GrayJpegHeader(size.Width, size.Height, quant, first, others, restartInterval, at + 2 + length)
                        : null;
                default:
                    return null;
            }

            at += 2 + length;
        }

        return null;
    }

    // Whatever the strict readers refuse is Skia's to judge.
    private static bool Accepts<T>(Action<ReadOnlySpan<byte>, T[]> readAll, ReadOnlySpan<byte> body, T[] slots)
    {
        try
        {
            readAll(body, slots);
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }
}
