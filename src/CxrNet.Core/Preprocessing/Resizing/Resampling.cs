using System.Buffers;
using System.Numerics;

namespace CxrNet;

/// <summary>The two passes of a separable resampling, in the cheaper order, straight from the samples' own type.</summary>
internal static class Resampling
{
    // 28 portions of a 224-row input, 12 microseconds each for 5 megapixels: little is left to wait for at the end.
    private const int RowsAtATime = 8;

    /// <summary><c>destination[y, x] = sum_j sum_k rows_y[j] * columns_x[k] * source[region.Y + j, region.X + k]</c></summary>
    /// <param name="source">width x height pixels.</param>
    /// <param name="width">Columns of the source.</param>
    /// <param name="height">Rows of the source.</param>
    /// <param name="channels">1, or 3 for interleaved colour, which becomes luma between the passes: all steps are linear, and after the first fewest pixels are left.</param>
    /// <param name="region">The part to read.</param>
    /// <param name="rows">Taps of the vertical axis.</param>
    /// <param name="columns">Taps of the horizontal axis.</param>
    /// <param name="destination">Receives one value per pair of taps.</param>
    public static unsafe void Run<T>(ReadOnlySpan<T> source, int width, int height, int channels, PixelRegion region, in FilterTaps rows, in FilterTaps columns, Span<float> destination)
        where T : unmanaged, INumberBase<T>
    {
        PlaneGuard.Check(source.Length / channels, width, height, nameof(source));
        PlaneGuard.CheckInside(region, width, height);
        PlaneGuard.Check(destination.Length, columns.Length, rows.Length, nameof(destination));
        int stride = width * channels;
        source = source[((region.Y * stride) + (region.X * channels))..];
        if (rows.Length < region.Height)
        {
            fixed (T* from = source)
            fixed (float* to = destination)
            {
                ShrinkingRows<T> work = new(from, source.Length, stride, channels, region.Width, rows, columns, to);
                RowTeam<ShrinkingRows<T>>.Run(work, rows.Length, RowsAtATime, (long)region.Width * region.Height * channels);
            }
        }
        else
        {
            float[] rented = ArrayPool<float>.Shared.Rent(((channels + 1) * region.Width) + HorizontalPass.Padding);
            rented.AsSpan(region.Width, HorizontalPass.Padding).Clear();
            Span<float> row = rented.AsSpan(0, region.Width + HorizontalPass.Padding);
            Span<float> mixed = channels == 1 ? row[..region.Width] : rented.AsSpan(row.Length, channels * region.Width);

            // Enlarging: the horizontal pass is done on the few source rows.
            int newWidth = columns.Length;
            float[] across = ArrayPool<float>.Shared.Rent(newWidth * region.Height);
            for (int y = 0; y < region.Height; y++)
            {
                SampleWidening.Apply(source.Slice(y * stride, mixed.Length), mixed);
                ToLuma(mixed, row, channels);
                HorizontalPass.Apply(row, columns, across.AsSpan(y * newWidth, newWidth));
            }

            for (int y = 0; y < rows.Length; y++)
            {
                VerticalPass.WeightedSum(across.AsSpan(rows.Starts[y] * newWidth), newWidth, rows.WeightsOf(y), destination.Slice(y * newWidth, newWidth));
            }

            ArrayPool<float>.Shared.Return(across);
            ArrayPool<float>.Shared.Return(rented);
        }
    }

    internal static void ToLuma(ReadOnlySpan<float> mixed, Span<float> row, int channels)
    {
        if (channels == 3)
        {
            Luma.FromRgb(mixed, 1, float.PositiveInfinity, row[..(mixed.Length / 3)]);
        }
    }
}
