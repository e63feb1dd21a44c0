using System.Buffers;
using System.Numerics.Tensors;

namespace CxrNet;

/// <summary>What every segmenter does with a network's raw probabilities.</summary>
/// <remarks>Stateless and safe for concurrent use.</remarks>
public static class LungMaskCleaning
{
    /// <summary>Keeps the largest parts of at least the threshold (8-connected) and fills their holes (4-connected background).</summary>
    /// <param name="mask">The network's probabilities at image size.</param>
    /// <param name="parts">How many parts to keep; 2 for two lungs.</param>
    /// <returns>A mask whose probability is 0 outside the parts that are kept, at least the threshold in their filled holes, and unchanged elsewhere.</returns>
    public static LungMask Clean(this LungMask mask, int parts = 2)
    {
        ArgumentNullException.ThrowIfNull(mask);
        ReadOnlySpan<float> probabilities = mask.Probabilities;
        byte[] rented = ArrayPool<byte>.Shared.Rent(probabilities.Length);
        Span<byte> inside = rented.AsSpan(0, probabilities.Length);
        MaskThreshold.Apply(probabilities, mask.Threshold, inside);
        LargestComponents.Keep(inside, mask.Width, mask.Height, parts, Connectivity.Eight, inside);
        HoleFilling.Fill(inside, mask.Width, mask.Height, Connectivity.Four, inside);
        float[] cleaned = new float[inside.Length];
        for (int start = NextInside(inside, 0); start < inside.Length;)
        {
            int length = inside[start..].IndexOf((byte)0);
            length = length < 0 ? inside.Length - start : length;
            TensorPrimitives.Max(probabilities.Slice(start, length), mask.Threshold, cleaned.AsSpan(start, length));
            start = NextInside(inside, start + length);
        }

        ArrayPool<byte>.Shared.Return(rented);
        return new LungMask(mask.Width, mask.Height, cleaned, mask.Threshold);
    }

    /// <summary>The same in place, for a plane that is enlarged afterwards: only what belongs to a dropped part becomes 0 and only holes are raised to the threshold, so the outline of what is kept stays where it is between pixels.</summary>
    /// <param name="probabilities">width x height values 0 … 1, row-major.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="threshold">The least probability that is lung.</param>
    /// <param name="parts">How many parts to keep; 2 for two lungs.</param>
    /// <exception cref="ArgumentException">The length does not fit the dimensions.</exception>
    public static void Clean(Span<float> probabilities, int width, int height, float threshold = 0.5f, int parts = 2)
    {
        PlaneGuard.Check(probabilities.Length, width, height, nameof(probabilities));
        byte[] rented = ArrayPool<byte>.Shared.Rent(probabilities.Length);
        Span<byte> inside = rented.AsSpan(0, probabilities.Length);
        MaskThreshold.Apply(probabilities, threshold, inside);
        LargestComponents.Keep(inside, width, height, parts, Connectivity.Eight, inside);
        HoleFilling.Fill(inside, width, height, Connectivity.Four, inside);
        for (int i = 0; i < inside.Length; i++)
        {
            bool lung = probabilities[i] >= threshold;
            if (lung != (inside[i] != 0))
            {
                probabilities[i] = lung ? 0 : threshold;
            }
        }

        ArrayPool<byte>.Shared.Return(rented);
    }

    private static int NextInside(ReadOnlySpan<byte> inside, int from)
    {
        int gap = inside[from..].IndexOfAnyExcept((byte)0);
        return gap < 0 ? inside.Length : from + gap;
    }
}
