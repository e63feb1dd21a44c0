using System.Buffers;

namespace CxrNet.Imaging.Dicom.Codecs.JpegDct;

/// <summary>Decodes the blocks of one scan into the planes of its components; T.81, A.2 and F.2.</summary>
internal sealed class DctScan(DctFrame frame, (DctComponent Component, DctHuffmanTable Dc, DctHuffmanTable Ac, ushort[] Quant)[] parts, int restartInterval)
{
    private readonly int[] _predictions = new int[parts.Length];

    /// <summary>Reads to the scan's last block and leaves <paramref name="segments"/> at the marker behind it.</summary>
    public void Decode(ReadOnlySpan<byte> stream, ref JpegSegments segments)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(stream.Length - segments.Position + JpegLossless.EntropyBytes.Padding);
        try
        {
            (int columns, int rows) = Units();
            int total = columns * rows;
            int interval = restartInterval == 0 ? total : restartInterval;
            for (int unit = 0, restart = 0; unit < total; restart++)
            {
                if (unit > 0)
                {
                    segments.ExpectRestart(restart - 1);
                }

                Array.Clear(_predictions);
                int position = segments.Position;
                int length = JpegLossless.EntropyBytes.Unstuff(stream, ref position, buffer);
                segments.Position = position;
                DctBits bits = new(buffer, length);
                for (int end = Math.Min(total, unit + interval); unit < end; unit++)
                {
                    DecodeUnit(ref bits, unit % columns, unit / columns);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // A scan of one component goes block by block over the picture alone, others in interleaved units padded to whole ones; T.81, A.2.2 and A.2.3.
    private (int Columns, int Rows) Units()
    {
        if (parts is [(DctComponent only, _, _, _)])
        {
            return ((only.Width + 7) / 8, (only.Height + 7) / 8);
        }

        (int wide, int high) = (8 * frame.MaxHorizontal, 8 * frame.MaxVertical);
        return ((frame.Width + wide - 1) / wide, (frame.Height + high - 1) / high);
    }

    private void DecodeUnit(ref DctBits bits, int column, int row)
    {
        Span<int> block = stackalloc int[64];
        for (int p = 0; p < parts.Length; p++)
        {
            (DctComponent component, DctHuffmanTable dc, DctHuffmanTable ac, ushort[] quant) = parts[p];
            (int h, int v) = parts.Length == 1 ? (1, 1) : (component.Horizontal, component.Vertical);
            for (int i = 0; i < h * v; i++)
            {
                ReadBlock(ref bits, dc, ac, quant, ref _predictions[p], block);
                int x = (column * h) + (i % h);
                int y = (row * v) + (i / h);
                InverseDct.Transform(block, frame.Precision, component.Plane.AsSpan((y * 8 * component.Stride) + (x * 8)), component.Stride);
            }
        }
    }

    private static void ReadBlock(scoped ref DctBits bits, DctHuffmanTable dc, DctHuffmanTable ac, ushort[] quant, ref int prediction, scoped Span<int> block)
    {
        block.Clear();
        prediction += bits.Number(Math.Min(16, bits.Symbol(dc)));
        block[0] = prediction * quant[0];
        for (int k = 1; k < 64; k++)
        {
            (int run, int size) = (bits.Symbol(ac) is var symbol ? symbol >> 4 : 0, symbol & 15);
            if (size == 0)
            {
                if (run != 15)
                {
                    break;
                }

                k += 15;
                continue;
            }

            k += run;
            if (k > 63)
            {
                throw Codestream.Error(DctDecoder.Name, "a block has more than 64 coefficients; the stream is damaged.");
            }

            block[DctQuantization.Zigzag[k]] = bits.Number(size) * quant[k];
        }
    }
}
