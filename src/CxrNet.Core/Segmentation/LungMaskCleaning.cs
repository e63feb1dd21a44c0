using System.Buffers;

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
        int length = mask.Probabilities.Length;
        byte[] rented = ArrayPool<byte>.Shared.Rent(length);
        Span<byte> inside = rented.AsSpan(0, length);
        MaskThreshold.Apply(mask.Probabilities, mask.Threshold, inside);
        LargestComponents.Keep(inside, mask.Width, mask.Height, parts, Connectivity.Eight, inside);
        HoleFilling.Fill(inside, mask.Width, mask.Height, Connectivity.Four, inside);
        float[] cleaned = new float[length];
        for (int i = 0; i < length; i++)
        {
            cleaned[i] = inside[i] == 0 ? 0 : Math.Max(mask.Probabilities[i], mask.Threshold);
        }

        ArrayPool<byte>.Shared.Return(rented);
        return new LungMask(mask.Width, mask.Height, cleaned, mask.Threshold);
    }
}
