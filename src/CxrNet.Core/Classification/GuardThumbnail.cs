using System.Numerics.Tensors;

namespace CxrNet;

/// <summary>The network's input in 16 x 16 numbers: where an image is bright and dark, which is enough to tell a chest from one that is turned, inverted or none.</summary>
/// <remarks>Stateless and safe for concurrent use; allocates nothing.</remarks>
public static class GuardThumbnail
{
    /// <summary>Rows and columns.</summary>
    public const int Side = 16;

    /// <summary>Numbers: <see cref="Side"/> squared.</summary>
    public const int Length = Side * Side;

    /// <summary>Averages a plane over a grid of cells that cover it: cell i spans the rows <c>i * height / 16</c> up to, not including, <c>max((i + 1) * height / 16, that + 1)</c>.</summary>
    /// <param name="plane">width x height values with the given distance between neighbours of a row.</param>
    /// <param name="width">Columns, 1 or more.</param>
    /// <param name="height">Rows, 1 or more.</param>
    /// <param name="stride">1 for a plane of its own, the number of channels where they are interleaved.</param>
    /// <param name="destination">Receives <see cref="Length"/> values.</param>
    public static void Average(ReadOnlySpan<float> plane, int width, int height, int stride, Span<float> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(stride);
        for (int row = 0; row < Side; row++)
        {
            (int top, int bottom) = Cell(row, height);
            for (int column = 0; column < Side; column++)
            {
                (int left, int right) = Cell(column, width);
                float sum = 0;
                for (int y = top; y < bottom; y++)
                {
                    sum += Sum(plane, (y * width) + left, right - left, stride);
                }

                destination[(row * Side) + column] = sum / ((bottom - top) * (right - left));
            }
        }
    }

    private static (int From, int To) Cell(int index, int length)
    {
        int from = (int)((long)index * length / Side);
        return (from, Math.Max((int)((index + 1L) * length / Side), from + 1));
    }

    private static float Sum(ReadOnlySpan<float> plane, int start, int count, int stride)
    {
        if (stride == 1)
        {
            return TensorPrimitives.Sum(plane.Slice(start, count));
        }

        float sum = 0;
        for (int i = 0; i < count; i++)
        {
            sum += plane[(start + i) * stride];
        }

        return sum;
    }
}
