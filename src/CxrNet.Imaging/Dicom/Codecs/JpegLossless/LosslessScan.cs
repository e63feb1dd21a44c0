using System.Buffers;

namespace CxrNet.Imaging.Dicom.Codecs.JpegLossless;

/// <summary>Decodes one scan into its components of the interleaved samples.</summary>
internal sealed class LosslessScan(JpegFrameHeader frame, JpegScanHeader header, LosslessHuffmanTable[] tables, int restartInterval)
{
    private readonly int _stride = frame.ComponentIds.Length;

    /// <summary>Decodes from <c>segments.Position</c> on and leaves it on the marker behind the scan.</summary>
    public void Decode(ReadOnlySpan<byte> stream, ref JpegSegments segments, int[] samples)
    {
        int rowsPerInterval = restartInterval == 0 ? frame.Height : restartInterval / frame.Width;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(stream.Length - segments.Position + EntropyBytes.Padding);
        try
        {
            for (int row = 0, restart = 0; row < frame.Height; row += rowsPerInterval, restart++)
            {
                if (row > 0)
                {
                    segments.ExpectRestart(restart - 1);
                }

                int position = segments.Position;
                int length = EntropyBytes.Unstuff(stream, ref position, buffer);
                segments.Position = position;
                DecodeInterval(new DifferenceReader(buffer.AsSpan(0, length + EntropyBytes.Padding)), samples, row, Math.Min(frame.Height, row + rowsPerInterval));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void DecodeInterval(DifferenceReader reader, int[] samples, int firstRow, int endRow)
    {
        int rowLength = frame.Width * _stride;
        int bits = frame.Precision - header.PointTransform;
        int seen = 0;
        for (int y = firstRow; y < endRow; y++)
        {
            Span<int> row = samples.AsSpan(y * rowLength, rowLength);
            ReadDifferences(ref reader, row);
            foreach (int component in header.Components)
            {
                // The span stops at the component's last sample, so that its length divides into whole strides.
                Span<int> own = row[component..^(_stride - 1 - component)];
                seen |= y == firstRow
                    ? RowPrediction.First(own, _stride, 1 << (bits - 1))
                    : RowPrediction.Next(header.First, own, samples.AsSpan((y - 1) * rowLength + component, own.Length), _stride);
            }
        }

        if (reader.IsOverrun)
        {
            throw JpegLosslessDecoder.Truncated();
        }

        if (seen >> bits != 0)
        {
            throw JpegLosslessDecoder.Error($"samples over {bits} bits were decoded: the data is damaged.");
        }
    }

    private void ReadDifferences(ref DifferenceReader shared, Span<int> row)
    {
        DifferenceReader reader = shared;   // a local copy stays in registers through the row
        if (tables.Length == 1)
        {
            ReadOnlySpan<ushort> codes = tables[0].Short;
            for (int x = header.Components[0]; x < row.Length; x += _stride)
            {
                row[x] = reader.Read(codes, tables[0]);
            }
        }
        else
        {
            for (int x = 0; x < row.Length; x += _stride)
            {
                for (int i = 0; i < tables.Length; i++)
                {
                    row[x + header.Components[i]] = reader.Read(tables[i].Short, tables[i]);
                }
            }
        }

        shared = reader;
    }
}
