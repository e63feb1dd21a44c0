using System.Buffers;

namespace CxrNet;

/// <summary>The two passes of a separable resampling, in the cheaper order.</summary>
internal static class Resampling
{
    /// <summary><c>destination[y, x] = sum_j sum_k rows_y[j] * columns_x[k] * source[region.Y + j, region.X + k]</c></summary>
    public static void Run(ReadOnlySpan<float> source, int width, int height, PixelRegion region, in FilterTaps rows, in FilterTaps columns, Span<float> destination)
    {
        PlaneGuard.Check(source.Length, width, height, nameof(source));
        PlaneGuard.CheckInside(region, width, height);
        PlaneGuard.Check(destination.Length, columns.Length, rows.Length, nameof(destination));
        source = source[((region.Y * width) + region.X)..];
        if (rows.Length < region.Height)
        {
            RowsThenColumns(source, width, region.Width, rows, columns, destination);
        }
        else
        {
            ColumnsThenRows(source, width, region.Height, columns, rows, destination);
        }
    }

    // Shrinking: the vertical pass leaves little for the horizontal one, and streams through the source.
    private static void RowsThenColumns(ReadOnlySpan<float> source, int stride, int width, in FilterTaps rows, in FilterTaps columns, Span<float> destination)
    {
        float[] rented = ArrayPool<float>.Shared.Rent(width);
        Span<float> row = rented.AsSpan(0, width);
        for (int y = 0; y < rows.Length; y++)
        {
            VerticalPass.WeightedSum(source[(rows.Starts[y] * stride)..], stride, rows.WeightsOf(y), row);
            HorizontalPass.Apply(row, columns, destination.Slice(y * columns.Length, columns.Length));
        }

        ArrayPool<float>.Shared.Return(rented);
    }

    // Enlarging: the horizontal pass is done on the few source rows.
    private static void ColumnsThenRows(ReadOnlySpan<float> source, int stride, int height, in FilterTaps columns, in FilterTaps rows, Span<float> destination)
    {
        int newWidth = columns.Length;
        float[] rented = ArrayPool<float>.Shared.Rent(newWidth * height);
        for (int y = 0; y < height; y++)
        {
            HorizontalPass.Apply(source[(y * stride)..], columns, rented.AsSpan(y * newWidth, newWidth));
        }

        for (int y = 0; y < rows.Length; y++)
        {
            VerticalPass.WeightedSum(rented.AsSpan(rows.Starts[y] * newWidth), newWidth, rows.WeightsOf(y), destination.Slice(y * newWidth, newWidth));
        }

        ArrayPool<float>.Shared.Return(rented);
    }
}
