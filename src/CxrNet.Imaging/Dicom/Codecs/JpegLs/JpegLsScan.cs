namespace CxrNet.Imaging.Dicom.Codecs.JpegLs;

/// <summary>Decodes one scan into its components of the interleaved samples.</summary>
internal sealed class JpegLsScan(JpegFrameHeader frame, int[] components, bool bySample, JpegLsCoding coding, int restartInterval)
{
    /// <summary>Decodes from <c>segments.Position</c> on and leaves it on the marker behind the scan.</summary>
    public void Decode(ReadOnlySpan<byte> stream, ref JpegSegments segments, int[] samples)
    {
        LineDecoder decoder = new(coding);
        int stride = frame.Width + 2;   // one sample more on each side
        int[] above = new int[components.Length * stride];
        int[] lines = new int[above.Length];
        int[] runIndexes = new int[components.Length];

        // An MCU is one line here (of each component), so the interval counts lines.
        int rowsPerInterval = restartInterval == 0 ? frame.Height : restartInterval;
        for (int row = 0, restart = 0; row < frame.Height; row += rowsPerInterval, restart++)
        {
            if (row > 0)
            {
                segments.ExpectRestart(restart - 1);
            }

            decoder.Reset();
            Array.Clear(lines);
            Array.Clear(above);
            Array.Clear(runIndexes);
            JpegLsBits bits = new(stream, segments.Position);
            int end = Math.Min(frame.Height, row + rowsPerInterval);
            for (int y = row; y < end; y++)
            {
                (above, lines) = (lines, above);
                DecodeRow(decoder, ref bits, above, lines, runIndexes);
                Store(lines, samples, y);
            }

            segments.Position = bits.FindMarker();
        }
    }

    private void DecodeRow(LineDecoder decoder, ref JpegLsBits bits, int[] above, int[] lines, int[] runIndexes)
    {
        int stride = frame.Width + 2;
        for (int start = 0; start < lines.Length; start += stride)
        {
            // The neighbours outside: right of the last sample above stands that sample again, left of the first one the sample above it (A.2.1).
            above[start + stride - 1] = above[start + stride - 2];
            lines[start] = above[start + 1];
        }

        if (bySample)
        {
            decoder.DecodeInterleavedLine(ref bits, above, lines, components.Length, ref runIndexes[0]);
            return;
        }

        for (int i = 0; i < components.Length; i++)
        {
            decoder.DecodeLine(ref bits, above.AsSpan(i * stride, stride), lines.AsSpan(i * stride, stride), ref runIndexes[i]);
        }
    }

    private void Store(int[] lines, int[] samples, int y)
    {
        int count = frame.ComponentIds.Length;
        Span<int> row = samples.AsSpan(y * frame.Width * count, frame.Width * count);
        for (int i = 0; i < components.Length; i++)
        {
            ReadOnlySpan<int> line = lines.AsSpan(i * (frame.Width + 2) + 1, frame.Width);
            if (count == 1)
            {
                line.CopyTo(row);
                return;
            }

            for (int x = 0; x < line.Length; x++)
            {
                row[x * count + components[i]] = line[x];
            }
        }
    }
}
