using System.Buffers;
using System.Numerics.Tensors;

namespace CxrNet;

/// <summary>scikit-image's <c>transform.resize</c>, the resizer of torchxrayvision's models.</summary>
/// <remarks>Stateless and safe for concurrent use; a call allocates nothing. The definition was measured against scikit-image 0.19: a Gaussian when any axis shrinks, linear interpolation, then clipping to the source's own range.</remarks>
public static class ScikitImageResizer
{
    /// <summary>Resamples a part of a plane with a constant outside it: <c>mode='constant', cval=outside</c>.</summary>
    /// <param name="source">width x height values, row-major, of any range.</param>
    /// <param name="width">Columns of the source.</param>
    /// <param name="height">Rows of the source.</param>
    /// <param name="region">The part to read; inside the source.</param>
    /// <param name="outside">What lies beyond that part. It bleeds into the border rows: 0 is mid-grey in torchxrayvision's range of -1024 … 1024.</param>
    /// <param name="destination">Receives newWidth x newHeight values, row-major; must not overlap the source.</param>
    /// <param name="newWidth">Columns of the result.</param>
    /// <param name="newHeight">Rows of the result.</param>
    /// <exception cref="ArgumentException">A length does not fit its dimensions, or the region reaches outside.</exception>
    public static void Resize(ReadOnlySpan<float> source, int width, int height, PixelRegion region, float outside, Span<float> destination, int newWidth, int newHeight)
    {
        PlaneGuard.CheckResize(region, width, height, newWidth, newHeight);
        using FilterTaps columns = FilterTaps.CreateScikitImage(region.Width, newWidth, mirror: false);
        using FilterTaps rows = FilterTaps.CreateScikitImage(region.Height, newHeight, mirror: false);
        Resampling.Run(source, width, height, 1, region, rows, columns, destination);
        AddOutside(outside, rows, columns, destination);
        (float min, float max) = PlaneRange.Of(source, width, region);
        if (TensorPrimitives.Min<float>(destination) <= outside && TensorPrimitives.Max<float>(destination) >= outside)
        {
            (min, max) = (Math.Min(min, outside), Math.Max(max, outside));
        }

        TensorPrimitives.Clamp(destination, min, max, destination);
    }

    /// <summary>Resamples a part of a plane as if it were mirrored at its border: scikit-image's default, <c>mode='reflect'</c>.</summary>
    /// <param name="source">width x height values, row-major, of any range.</param>
    /// <param name="width">Columns of the source.</param>
    /// <param name="height">Rows of the source.</param>
    /// <param name="region">The part to read; inside the source.</param>
    /// <param name="destination">Receives newWidth x newHeight values, row-major; must not overlap the source.</param>
    /// <param name="newWidth">Columns of the result.</param>
    /// <param name="newHeight">Rows of the result.</param>
    /// <exception cref="ArgumentException">A length does not fit its dimensions, or the region reaches outside.</exception>
    public static void ResizeMirrored(ReadOnlySpan<float> source, int width, int height, PixelRegion region, Span<float> destination, int newWidth, int newHeight)
    {
        PlaneGuard.CheckResize(region, width, height, newWidth, newHeight);
        using FilterTaps columns = FilterTaps.CreateScikitImage(region.Width, newWidth, mirror: true);
        using FilterTaps rows = FilterTaps.CreateScikitImage(region.Height, newHeight, mirror: true);
        Resampling.Run(source, width, height, 1, region, rows, columns, destination);
        (float min, float max) = PlaneRange.Of(source, width, region);
        TensorPrimitives.Clamp(destination, min, max, destination);
    }

    // The weight that fell outside the image, times what is there.
    private static void AddOutside(float outside, in FilterTaps rows, in FilterTaps columns, Span<float> destination)
    {
        float[] rented = ArrayPool<float>.Shared.Rent(2 * columns.Length);
        Span<float> inside = rented.AsSpan(0, columns.Length), missing = rented.AsSpan(columns.Length, columns.Length);
        for (int x = 0; x < inside.Length; x++)
        {
            inside[x] = TensorPrimitives.Sum(columns.WeightsOf(x));
        }

        for (int y = 0; y < rows.Length; y++)
        {
            Span<float> row = destination.Slice(y * inside.Length, inside.Length);
            TensorPrimitives.Multiply(inside, -TensorPrimitives.Sum(rows.WeightsOf(y)), missing);
            TensorPrimitives.Add(missing, 1, missing);
            TensorPrimitives.MultiplyAdd(missing, outside, row, row);
        }

        ArrayPool<float>.Shared.Return(rented);
    }
}
