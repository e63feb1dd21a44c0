using System.Buffers;

namespace CxrNet;

/// <summary>Resamples 8-bit planes to 8-bit planes with the numbers of PIL and OpenCV, rounding included: for comparing with models that were trained on such files.</summary>
/// <remarks>Stateless and safe for concurrent use; a call allocates nothing. Where the result is wanted as floats, <see cref="Resizer"/> rounds nothing and is the better choice.</remarks>
public static class ByteResizer
{
    // PIL's PRECISION_BITS: 32 less 8 bits of the pixel, less 2 for overshoot.
    private const int FractionBits = 22;

    /// <summary>Resamples a plane. PIL's four filters give PIL's bytes exactly (mode L: columns first, rounded and clipped to 8 bits after each pass); OpenCV's are within 1 of its own fixed point.</summary>
    /// <param name="source">width x height samples, row-major.</param>
    /// <param name="width">Columns of the source.</param>
    /// <param name="height">Rows of the source.</param>
    /// <param name="destination">Receives newWidth x newHeight samples, row-major; must not overlap the source.</param>
    /// <param name="newWidth">Columns of the result.</param>
    /// <param name="newHeight">Rows of the result.</param>
    /// <param name="filter">The filter.</param>
    /// <exception cref="ArgumentException">A length does not fit its dimensions.</exception>
    public static void Resize(ReadOnlySpan<byte> source, int width, int height, Span<byte> destination, int newWidth, int newHeight, ResizeFilter filter)
    {
        PlaneGuard.Check(source.Length, width, height, nameof(source));
        PlaneGuard.Check(destination.Length, newWidth, newHeight, nameof(destination));
        if (filter is ResizeFilter.Box or ResizeFilter.Bilinear or ResizeFilter.Bicubic or ResizeFilter.Lanczos)
        {
            FixedPoint(source, width, height, destination, newWidth, newHeight, filter);
            return;
        }

        float[] wide = ArrayPool<float>.Shared.Rent(source.Length);
        float[] result = ArrayPool<float>.Shared.Rent(destination.Length);
        SampleWidening.Apply(source, wide);
        Resizer.Resize(wide.AsSpan(0, source.Length), width, height, result.AsSpan(0, destination.Length), newWidth, newHeight, filter);
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = (byte)Math.Clamp(MathF.Round(result[i]), 0, 255);
        }

        ArrayPool<float>.Shared.Return(result);
        ArrayPool<float>.Shared.Return(wide);
    }

    private static void FixedPoint(ReadOnlySpan<byte> source, int width, int height, Span<byte> destination, int newWidth, int newHeight, ResizeFilter filter)
    {
        byte[] across = ArrayPool<byte>.Shared.Rent(newWidth * height);
        double[] window = ArrayPool<double>.Shared.Rent(Math.Max(TapWindow.MostTaps(filter, width, newWidth), TapWindow.MostTaps(filter, height, newHeight)));
        int[] weights = ArrayPool<int>.Shared.Rent(window.Length);
        for (int x = 0; x < newWidth; x++)
        {
            (int start, int count) = TapWindow.Compute(filter, width, newWidth, enlarging: false, x, window);
            Quantize(window.AsSpan(0, count), weights);
            for (int y = 0; y < height; y++)
            {
                across[(y * newWidth) + x] = Sum(source[((y * width) + start)..], 1, weights.AsSpan(0, count));
            }
        }

        for (int y = 0; y < newHeight; y++)
        {
            (int start, int count) = TapWindow.Compute(filter, height, newHeight, enlarging: false, y, window);
            Quantize(window.AsSpan(0, count), weights);
            for (int x = 0; x < newWidth; x++)
            {
                destination[(y * newWidth) + x] = Sum(across.AsSpan((start * newWidth) + x), newWidth, weights.AsSpan(0, count));
            }
        }

        ArrayPool<int>.Shared.Return(weights);
        ArrayPool<double>.Shared.Return(window);
        ArrayPool<byte>.Shared.Return(across);
    }

    private static void Quantize(ReadOnlySpan<double> window, Span<int> weights)
    {
        for (int k = 0; k < window.Length; k++)
        {
            weights[k] = (int)((window[k] * (1 << FractionBits)) + (window[k] < 0 ? -0.5 : 0.5));
        }
    }

    private static byte Sum(ReadOnlySpan<byte> source, int stride, ReadOnlySpan<int> weights)
    {
        int sum = 1 << (FractionBits - 1);
        for (int k = 0; k < weights.Length; k++)
        {
            sum += source[k * stride] * weights[k];
        }

        return (byte)Math.Clamp(sum >> FractionBits, 0, 255);
    }
}
