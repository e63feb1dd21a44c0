using System.Buffers;

namespace CxrNet;

/// <summary>Resamples grey planes. Half-pixel centres; the numbers of PIL, torchvision and OpenCV, by the filter's name.</summary>
/// <remarks>Stateless and safe for concurrent use. Work buffers are pooled; a call allocates nothing.</remarks>
public static class Resizer
{
    /// <summary>Resamples a whole plane.</summary>
    /// <param name="source">width x height values, row-major, of any range.</param>
    /// <param name="width">Columns of the source.</param>
    /// <param name="height">Rows of the source.</param>
    /// <param name="destination">Receives newWidth x newHeight values, row-major; must not overlap the source.</param>
    /// <param name="newWidth">Columns of the result.</param>
    /// <param name="newHeight">Rows of the result.</param>
    /// <param name="filter">The filter; <see cref="ResizeFilter.Bilinear"/> is the default of a card.</param>
    /// <exception cref="ArgumentException">A length does not fit its dimensions.</exception>
    public static void Resize(ReadOnlySpan<float> source, int width, int height, Span<float> destination, int newWidth, int newHeight, ResizeFilter filter) =>
        Resize(source, width, height, PixelRegion.Whole(width, height), destination, newWidth, newHeight, filter);

    /// <summary>Resamples a part of a plane, as if the part were cut out first: what lies outside does not bleed in.</summary>
    /// <param name="source">width x height values, row-major, of any range.</param>
    /// <param name="width">Columns of the source.</param>
    /// <param name="height">Rows of the source.</param>
    /// <param name="region">The part to read; inside the source.</param>
    /// <param name="destination">Receives newWidth x newHeight values, row-major; must not overlap the source.</param>
    /// <param name="newWidth">Columns of the result.</param>
    /// <param name="newHeight">Rows of the result.</param>
    /// <param name="filter">The filter.</param>
    /// <exception cref="ArgumentException">A length does not fit its dimensions, or the region reaches outside.</exception>
    public static void Resize(ReadOnlySpan<float> source, int width, int height, PixelRegion region, Span<float> destination, int newWidth, int newHeight, ResizeFilter filter)
    {
        PlaneGuard.Check(source.Length, width, height, nameof(source));
        PlaneGuard.Check(destination.Length, newWidth, newHeight, nameof(destination));
        PlaneGuard.CheckInside(region, width, height);
        source = source[((region.Y * width) + region.X)..];
        using FilterTaps columns = FilterTaps.Create(filter, region.Width, newWidth);
        using FilterTaps rows = FilterTaps.Create(filter, region.Height, newHeight);
        if (newHeight < region.Height)
        {
            RowsThenColumns(source, width, region.Width, rows, columns, destination);
        }
        else
        {
            ColumnsThenRows(source, width, region.Height, columns, rows, destination);
        }
    }

    // Shrinking: the vertical pass leaves little for the horizontal one, and streams through the source once.
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
