using System.Numerics.Tensors;

namespace CxrNet;

/// <summary>Stretches the grey levels between two percentiles over the whole range, so that a marker or a border does not set the scale.</summary>
/// <remarks>Stateless and safe for concurrent use; a call allocates nothing.</remarks>
public static class PercentileWindow
{
    /// <summary>Computes <c>destination[i] = clamp((source[i] - p_low) / (p_high - p_low), 0, 1)</c>; zeros where both percentiles are equal. In place is allowed.</summary>
    /// <param name="source">Values of any range.</param>
    /// <param name="low">Per cent of the values that become black, 0 … 100; 1 is usual.</param>
    /// <param name="high">The percentile that becomes white, above low; 99 is usual.</param>
    /// <param name="destination">Receives as many values.</param>
    /// <exception cref="ArgumentException">The percentiles are out of range or out of order.</exception>
    public static void Apply(ReadOnlySpan<float> source, double low, double high, Span<float> destination)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(low, high);
        float black = Percentiles.Of(source, low), white = Percentiles.Of(source, high);
        destination = destination[..source.Length];
        if (white <= black)
        {
            destination.Clear();
            return;
        }

        TensorPrimitives.Subtract(source, black, destination);
        TensorPrimitives.Divide(destination, white - black, destination);
        TensorPrimitives.Clamp(destination, 0, 1, destination);
    }
}
