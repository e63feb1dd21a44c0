namespace CxrNet.Benchmarks.Peers;

/// <summary>Nobody is timed who does not compute the same.</summary>
internal static class Agreement
{
    /// <summary>What float sums in another order may differ by.</summary>
    public const float Tolerance = 2e-3f;

    /// <summary>The greatest difference of any logit.</summary>
    /// <exception cref="InvalidDataException">It is beyond the tolerance.</exception>
    public static float Require(string name, ReadOnlySpan<float> logits, ReadOnlySpan<float> expected, float tolerance = Tolerance)
    {
        if (logits.Length != expected.Length)
        {
            throw new InvalidDataException($"{name} gave {logits.Length} logits, {expected.Length} expected.");
        }

        float greatest = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            greatest = float.MaxNumber(greatest, float.IsFinite(logits[i]) ? Math.Abs(logits[i] - expected[i]) : float.PositiveInfinity);
        }

        return greatest <= tolerance ? greatest : throw new InvalidDataException($"{name} differs by {greatest:g3} in a logit; at most {tolerance:g3} is the same work.");
    }
}
