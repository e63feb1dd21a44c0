using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.Intrinsics.X86;
using CxrNet.Imaging.Dicom.Codecs.JpegLossless;

namespace CxrNet.Imaging;

/// <summary>Whole grey JPEGs, as most radiographs outside DICOM are: sequential, 8 bits, one component. The same samples as Skia's decoder to the bit, in less time.</summary>
/// <remarks>
/// Processor time against SkiaSharp 3.119's decoder on Linux, AVX-512 machine: 0.49 for a drawn film of quality 90, 0.58 and 0.95 for two hospital films, the last one with 1.8 bits a pixel: what is saved is the transform, not the Huffman codes. Whatever is not entirely regular (progressive, a marker in the wrong place, a byte too many or too few) is
/// left to Skia, so what is accepted and what an error says stays as it was. Needs AVX2; elsewhere Skia decodes all.
/// </remarks>
internal static class GrayJpeg
{
    // What one damaged block can read beyond the data: 64 coefficients of 31 bits and a word.
    private const int Padding = 272;

    /// <summary>Decodes into <paramref name="pixels"/>; false, with nothing of value in it, where Skia must decide.</summary>
    /// <param name="data">The whole file.</param>
    /// <param name="width">Columns that the caller made room for.</param>
    /// <param name="height">Rows.</param>
    /// <param name="pixels">Width x height samples.</param>
    public static bool TryDecode(ReadOnlySpan<byte> data, int width, int height, Memory<byte> pixels)
    {
        if (!Avx2.IsSupported || GrayJpegHeader.Read(data) is not { } header || header.Width != width || header.Height != height)
        {
            return false;
        }

        byte[] buffer = ArrayPool<byte>.Shared.Rent(data.Length - header.Scan + Padding + EntropyBytes.Padding);
        try
        {
            return Decode(data, header, buffer, pixels);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static bool Decode(ReadOnlySpan<byte> data, GrayJpegHeader header, byte[] buffer, Memory<byte> pixels)
    {
        GrayJpegBlocks blocks = new(header, pixels.Span);
        int position = header.Scan, total = header.Columns * header.Rows, interval = header.RestartInterval == 0 ? total : header.RestartInterval;
        for (int block = 0, restart = 0; block < total; block += interval, restart++)
        {
            if (block > 0 && !(position + 1 < data.Length && data[position] == 0xFF && data[position + 1] == 0xD0 + ((restart - 1) & 7)))
            {
                return false;
            }

            position += block > 0 ? 2 : 0;
            int length = EntropyBytes.Unstuff(data, ref position, buffer);
            buffer.AsSpan(length, Padding).Clear();
            bool decoded = interval == total && GrayJpegTeam.Pays(header)
                ? GrayJpegTeam.Decode(header, pixels, buffer, length)
                : blocks.Decode(buffer, length, block, Math.Min(total, block + interval));
            if (!decoded)
            {
                return false;
            }
        }

        return position + 1 < data.Length && BinaryPrimitives.ReadUInt16BigEndian(data[position..]) == 0xFFD9;
    }
}
