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

    private static int NextInside(ReadOnlySpan<byte> inside, int from)
    {
        int gap = inside[from..].IndexOfAnyExcept((byte)0);
        return gap < 0 ? inside.Length : from + gap;
    }
}
