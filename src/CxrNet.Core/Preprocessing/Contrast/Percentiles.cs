using System.Buffers;

namespace CxrNet;

/// <summary>Percentiles with linear interpolation between the two nearest values, NumPy's default.</summary>
/// <remarks>Stateless and safe for concurrent use; a call allocates nothing.</remarks>
public static class Percentiles
{
    /// <summary>One percentile; linear time on average (Hoare's selection on a pooled copy).</summary>
    /// <param name="values">One or more values, none of them NaN.</param>
    /// <param name="percent">0 … 100.</param>
    /// <exception cref="ArgumentException">There are no values, or the percentage is out of range.</exception>
    public static float Of(ReadOnlySpan<float> values, double percent)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(percent);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percent, 100);
        if (values.IsEmpty)
        {
            throw new ArgumentException("0 values given, 1 or more expected.", nameof(values));
        }

        float[] rented = ArrayPool<float>.Shared.Rent(values.Length);
        Span<float> copy = rented.AsSpan(0, values.Length);
        values.CopyTo(copy);
        double position = percent / 100 * (values.Length - 1);
        int below = (int)position;
        float lower = Select(copy, below);
        float upper = below + 1 < copy.Length ? System.Numerics.Tensors.TensorPrimitives.Min<float>(copy[(below + 1)..]) : lower;
        ArrayPool<float>.Shared.Return(rented);
        return (float)(lower + ((position - below) * ((double)upper - lower)));
    }

    // Afterwards everything right of the index is at least as great as what is there.
    private static float Select(Span<float> values, int index)
    {
        int left = 0, right = values.Length - 1;
        while (left < right)
        {
            float pivot = Median(values[left], values[left + ((right - left) / 2)], values[right]);
            int i = left, j = right;
            while (i <= j)
            {
                while (values[i] < pivot)
                {
                    i++;
                }

                while (values[j] > pivot)
                {
                    j--;
                }

                if (i <= j)
                {
                    (values[i], values[j]) = (values[j], values[i]);
                    i++;
                    j--;
                }
            }

            if (index <= j)
            {
                right = j;
            }
            else if (index >= i)
            {
                left = i;
            }
            else
            {
                break;
            }
        }

        return values[index];
    }

    private static float Median(float a, float b, float c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
