using System.Buffers;
using System.Numerics.Tensors;

namespace CxrNet;

/// <summary>Erosion and dilation with a cross of three pixels, outside the image being background: scipy.ndimage's defaults.</summary>
/// <remarks>Stateless and safe for concurrent use; a call allocates nothing. Masks hold 0 and 1.</remarks>
public static class Morphology
{
    /// <summary>A pixel stays where it and its four neighbours are inside.</summary>
    /// <param name="mask">width x height bytes, 0 or 1.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="destination">Receives the result; must not overlap the mask.</param>
    /// <param name="iterations">How often; 1 by default.</param>
    /// <exception cref="ArgumentException">A length does not fit the dimensions.</exception>
    public static void Erode(ReadOnlySpan<byte> mask, int width, int height, Span<byte> destination, int iterations = 1) =>
        Repeat(mask, width, height, destination, iterations, erode: true);

    /// <summary>A pixel is inside where it or one of its four neighbours is.</summary>
    /// <param name="mask">width x height bytes, 0 or 1.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="destination">Receives the result; must not overlap the mask.</param>
    /// <param name="iterations">How often; 1 by default.</param>
    /// <exception cref="ArgumentException">A length does not fit the dimensions.</exception>
    public static void Dilate(ReadOnlySpan<byte> mask, int width, int height, Span<byte> destination, int iterations = 1) =>
        Repeat(mask, width, height, destination, iterations, erode: false);

    /// <summary>Erosion, then dilation: removes what is thinner than the cross.</summary>
    /// <param name="mask">width x height bytes, 0 or 1.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="destination">Receives the result; must not overlap the mask.</param>
    /// <param name="iterations">How often each; 1 by default.</param>
    /// <exception cref="ArgumentException">A length does not fit the dimensions.</exception>
    public static void Open(ReadOnlySpan<byte> mask, int width, int height, Span<byte> destination, int iterations = 1) =>
        Both(mask, width, height, destination, iterations, erodeFirst: true);

    /// <summary>Dilation, then erosion: closes what is narrower than the cross; at the image's border it erodes, as scipy's does.</summary>
    /// <param name="mask">width x height bytes, 0 or 1.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="destination">Receives the result; must not overlap the mask.</param>
    /// <param name="iterations">How often each; 1 by default.</param>
    /// <exception cref="ArgumentException">A length does not fit the dimensions.</exception>
    public static void Close(ReadOnlySpan<byte> mask, int width, int height, Span<byte> destination, int iterations = 1) =>
        Both(mask, width, height, destination, iterations, erodeFirst: false);

    private static void Both(ReadOnlySpan<byte> mask, int width, int height, Span<byte> destination, int iterations, bool erodeFirst)
    {
        byte[] middle = ArrayPool<byte>.Shared.Rent(mask.Length);
        Repeat(mask, width, height, middle.AsSpan(0, mask.Length), iterations, erodeFirst);
        Repeat(middle.AsSpan(0, mask.Length), width, height, destination, iterations, !erodeFirst);
        ArrayPool<byte>.Shared.Return(middle);
    }

    private static void Repeat(ReadOnlySpan<byte> mask, int width, int height, Span<byte> destination, int iterations, bool erode)
    {
        PlaneGuard.Check(mask.Length, width, height, nameof(mask));
        PlaneGuard.Check(destination.Length, width, height, nameof(destination));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(iterations);
        Once(mask, width, height, destination, erode);
        if (iterations == 1)
        {
            return;
        }

        byte[] rented = ArrayPool<byte>.Shared.Rent(mask.Length);
        Span<byte> previous = rented.AsSpan(0, mask.Length);
        for (int i = 1; i < iterations; i++)
        {
            destination.CopyTo(previous);
            Once(previous, width, height, destination, erode);
        }

        ArrayPool<byte>.Shared.Return(rented);
    }

    // Whole rows at a time: the five neighbours of a row are the row, the two beside it, and itself shifted by one.
    private static void Once(ReadOnlySpan<byte> mask, int width, int height, Span<byte> destination, bool erode)
    {
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<byte> row = mask.Slice(y * width, width);
            Span<byte> result = destination.Slice(y * width, width);
            row.CopyTo(result);
            Combine(result[1..], row[..^1], erode);
            Combine(result[..^1], row[1..], erode);
            if (y > 0)
            {
                Combine(result, mask.Slice((y - 1) * width, width), erode);
            }

            if (y < height - 1)
            {
                Combine(result, mask.Slice((y + 1) * width, width), erode);
            }

            if (erode)
            {
                result[0] = result[^1] = 0;
                if (y == 0 || y == height - 1)
                {
                    result.Clear();
                }
            }
        }
    }

    private static void Combine(Span<byte> result, ReadOnlySpan<byte> other, bool erode)
    {
        if (erode)
        {
            TensorPrimitives.BitwiseAnd(result, other, result);
        }
        else
        {
            TensorPrimitives.BitwiseOr(result, other, result);
        }
    }
}
