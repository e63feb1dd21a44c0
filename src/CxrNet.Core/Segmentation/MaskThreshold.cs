namespace CxrNet;

/// <summary>Probabilities to a mask of bytes, 1 inside and 0 outside: what the other functions of this folder work on.</summary>
public static class MaskThreshold
{
    /// <summary>Computes <c>mask[i] = probabilities[i] >= threshold ? 1 : 0</c>; allocates nothing.</summary>
    /// <param name="probabilities">Values 0 … 1; NaN is outside.</param>
    /// <param name="threshold">The least probability that is inside.</param>
    /// <param name="mask">Receives as many bytes.</param>
    public static void Apply(ReadOnlySpan<float> probabilities, float threshold, Span<byte> mask)
    {
        mask = mask[..probabilities.Length];
        for (int i = 0; i < mask.Length; i++)
        {
            mask[i] = probabilities[i] >= threshold ? (byte)1 : (byte)0;
        }
    }
}
