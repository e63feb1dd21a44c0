using System.Numerics.Tensors;

namespace CxrNet;

/// <summary>Grey levels at the network's resolution to the network's numbers.</summary>
public static class Normalization
{
    /// <summary>The least standard deviation that <see cref="NormalizationKind.PerImage"/> divides by: a constant image becomes zeros.</summary>
    public const float LeastDeviation = 1e-6f;

    /// <summary>Normalises one channel; allocates nothing.</summary>
    /// <remarks>The formulas are those of <see cref="NormalizationKind"/>. In place is allowed.</remarks>
    /// <param name="gray">Grey levels 0 … 1.</param>
    /// <param name="normalization">What to compute.</param>
    /// <param name="channel">The channel, for <see cref="NormalizationKind.MeanStd"/>.</param>
    /// <param name="destination">Receives as many values.</param>
    /// <exception cref="ArgumentException">The destination is shorter than the source, or there is no mean or deviation for the channel.</exception>
    public static void Apply(ReadOnlySpan<float> gray, InputNormalization normalization, int channel, Span<float> destination)
    {
        ArgumentNullException.ThrowIfNull(normalization);
        switch (normalization.Kind)
        {
            case NormalizationKind.Range:
                Rescale(gray, normalization.Min, normalization.Max, destination);
                break;
            case NormalizationKind.PerImage:
                Standardize(gray, destination);
                break;
            default:
                if ((uint)channel >= (uint)normalization.Mean.Count || channel >= normalization.Std.Count)
                {
                    throw new ArgumentException($"Channel {channel} has no mean and deviation: {normalization.Mean.Count} means and {normalization.Std.Count} deviations given.", nameof(normalization));
                }

                TensorPrimitives.Subtract(gray, normalization.Mean[channel], destination);
                TensorPrimitives.Divide(destination[..gray.Length], normalization.Std[channel], destination);
                break;
        }
    }

    /// <summary>Computes <c>destination[i] = gray[i] * (max - min) + min</c>; in place is allowed.</summary>
    /// <param name="gray">Grey levels 0 … 1.</param>
    /// <param name="min">What black becomes.</param>
    /// <param name="max">What white becomes.</param>
    /// <param name="destination">Receives as many values.</param>
    public static void Rescale(ReadOnlySpan<float> gray, float min, float max, Span<float> destination)
    {
        if (min == 0 && max == 1)
        {
            gray.CopyTo(destination);
            return;
        }

        // Two passes: TensorPrimitives has no multiply-add with two scalars, and a 224 x 224 tile (196 KiB) is still in L2 for the second.
        TensorPrimitives.Multiply(gray, max - min, destination);
        TensorPrimitives.Add(destination[..gray.Length], min, destination);
    }

    /// <summary>Computes <c>destination[i] = (gray[i] - mean) / max(std, 1e-6)</c> with the plane's own mean and population standard deviation; in place is allowed.</summary>
    /// <param name="gray">Values of any range.</param>
    /// <param name="destination">Receives as many values.</param>
    public static void Standardize(ReadOnlySpan<float> gray, Span<float> destination)
    {
        if (gray.IsEmpty)
        {
            return;
        }

        // One of the values goes first, and what is left of the mean then: a sum of many equal values has rounding errors, which would be all the deviation that a constant plane has.
        destination = destination[..gray.Length];
        TensorPrimitives.Subtract(gray, gray[0], destination);
        TensorPrimitives.Subtract(destination, TensorPrimitives.Sum<float>(destination) / gray.Length, destination);

        // The deviation is taken after the mean is gone: a difference of two large sums would lose the digits that matter.
        float deviation = MathF.Sqrt(TensorPrimitives.SumOfSquares<float>(destination) / gray.Length);
        TensorPrimitives.Divide(destination, Math.Max(deviation, LeastDeviation), destination);
    }
}
