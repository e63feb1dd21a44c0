using System.Buffers;

namespace CxrNet.Imaging.Dicom.Codecs.Jpeg2000;

/// <summary>The inverse wavelet of a tile-component, in place (ITU-T T.800 F.3).</summary>
/// <remarks>
/// The plane has the lowest band in its upper left corner and the bands of each resolution around the one below. Low and high
/// samples of a line stay apart while they are lifted, so that a step is one call over contiguous spans, for a row as for a strip of columns.
/// </remarks>
internal static class InverseWavelet<T, TLifting>
    where T : unmanaged
    where TLifting : struct, ILifting<T>
{
    // Columns that are lifted together: with 2000 rows a strip is 256 KiB and stays in the second-level cache.
    private const int StripWidth = 32;
    private const int RowsPerTask = 64;

    /// <summary>Merges the bands, resolution by resolution.</summary>
    /// <param name="plane">Row-major, as wide as the component.</param>
    /// <param name="component">Its areas.</param>
    public static void Apply(T[] plane, TileComponent component)
    {
        int width = component.Area.Width;
        for (int r = 1; r < component.Resolutions.Length; r++)
        {
            Rectangle area = component.Resolutions[r].Area;
            if (area.IsEmpty)
            {
                continue;
            }

            long samples = (long)area.Width * area.Height;
            Work.Split((area.Height + RowsPerTask - 1) / RowsPerTask, samples, task => MergeRows(plane, width, area, task * RowsPerTask));
            Work.Split((area.Width + StripWidth - 1) / StripWidth, samples, task => MergeColumns(plane, width, area, task * StripWidth));
        }
    }

    private static void MergeRows(T[] plane, int stride, Rectangle area, int first)
    {
        Line line = new(area.X0, area.X1);
        T[] scratch = ArrayPool<T>.Shared.Rent(line.ScratchLength(1));
        for (int y = first; y < Math.Min(area.Height, first + RowsPerTask); y++)
        {
            Span<T> row = plane.AsSpan(y * stride, area.Width);
            Span<T> low = line.Low(scratch, 1), high = line.High(scratch, 1);
            row[..line.LowCount].CopyTo(low[1..]);
            row[line.LowCount..].CopyTo(high[1..]);
            Lift(line, low, high, 1);
            Interleave(row, low[1..^1], high[1..^1], line.Parity);
        }

        ArrayPool<T>.Shared.Return(scratch);
    }

    private static void MergeColumns(T[] plane, int stride, Rectangle area, int first)
    {
        Line line = new(area.Y0, area.Y1);
        int lanes = Math.Min(StripWidth, area.Width - first);
        T[] scratch = ArrayPool<T>.Shared.Rent(line.ScratchLength(lanes));
        Span<T> low = line.Low(scratch, lanes), high = line.High(scratch, lanes);
        for (int y = 0; y < area.Height; y++)
        {
            Span<T> target = y < line.LowCount ? low[((y + 1) * lanes)..] : high[((y - line.LowCount + 1) * lanes)..];
            plane.AsSpan(y * stride + first, lanes).CopyTo(target);
        }

        Lift(line, low, high, lanes);
        for (int y = 0; y < area.Height; y++)
        {
            int half = (y + line.Parity) >> 1;   // even rows of the grid are low-pass
            Span<T> source = ((y + line.Parity) & 1) == 0 ? low[((half + 1 - line.Parity) * lanes)..] : high[((half + 1) * lanes)..];
            source[..lanes].CopyTo(plane.AsSpan(y * stride + first, lanes));
        }

        ArrayPool<T>.Shared.Return(scratch);
    }

    private static void Lift(Line line, Span<T> low, Span<T> high, int lanes)
    {
        if (line.LowCount + line.HighCount == 1)
        {
            // F.3.6: a lone sample is itself where it is even, half of itself where it is odd.
            for (int i = lanes; line.Parity == 1 && i < 2 * lanes; i++)
            {
                high[i] = TLifting.Half(high[i]);
            }

            return;
        }

        int lowNeighbour = line.Parity * lanes, highNeighbour = (1 - line.Parity) * lanes;
        for (int step = 0; step < TLifting.Steps; step++)
        {
            if ((step & 1) == 0)
            {
                Mirror(high, lanes);
                TLifting.Step(step, low[lanes..^lanes], high[lowNeighbour..], high[(lowNeighbour + lanes)..]);
            }
            else
            {
                Mirror(low, lanes);
                TLifting.Step(step, high[lanes..^lanes], low[highNeighbour..], low[(highNeighbour + lanes)..]);
            }
        }
    }

    // Symmetric extension: what is missing on one side of a sample is what stands on its other side.
    private static void Mirror(Span<T> samples, int lanes)
    {
        samples.Slice(lanes, lanes).CopyTo(samples);
        samples[^(2 * lanes)..^lanes].CopyTo(samples[^lanes..]);
    }

    private static void Interleave(Span<T> row, ReadOnlySpan<T> low, ReadOnlySpan<T> high, int parity)
    {
        for (int i = 0, x = parity; i < low.Length; i++, x += 2)
        {
            row[x] = low[i];
        }

        for (int i = 0, x = 1 - parity; i < high.Length; i++, x += 2)
        {
            row[x] = high[i];
        }
    }

    /// <summary>How a line from one coordinate to another splits; both halves have one sample more at each end.</summary>
    private readonly struct Line(int start, int end)
    {
        public int Parity => start & 1;

        public int LowCount => ((end + 1) >> 1) - ((start + 1) >> 1);

        public int HighCount => end - start - LowCount;

        public int ScratchLength(int lanes) => (LowCount + HighCount + 4) * lanes;

        public Span<T> Low(T[] scratch, int lanes) => scratch.AsSpan(0, (LowCount + 2) * lanes);

        public Span<T> High(T[] scratch, int lanes) => scratch.AsSpan((LowCount + 2) * lanes, (HighCount + 2) * lanes);
    }
}
