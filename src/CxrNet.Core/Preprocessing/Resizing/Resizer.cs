using System.Numerics;

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
        PlaneGuard.CheckResize(region, width, height, newWidth, newHeight);
        if (filter == ResizeFilter.ScikitImage)
        {
            ScikitImageResizer.Resize(source, width, height, region, 0, destination, newWidth, newHeight);
            return;
        }

        Resize(source, width, height, 1, region, destination, newWidth, newHeight, filter);
    }

    /// <summary>The same straight from stored samples, for every filter but <see cref="ResizeFilter.ScikitImage"/>; three channels become luma.</summary>
    internal static void Resize<T>(ReadOnlySpan<T> source, int width, int height, int channels, PixelRegion region, Span<float> destination, int newWidth, int newHeight, ResizeFilter filter)
        where T : unmanaged, INumberBase<T>
    {
        bool enlarging = newWidth > region.Width || newHeight > region.Height;
        using FilterTaps columns = FilterTaps.Create(filter, region.Width, newWidth, enlarging);
        using FilterTaps rows = FilterTaps.Create(filter, region.Height, newHeight, enlarging);
        Resampling.Run(source, width, height, channels, region, rows, columns, destination);
    }
}
