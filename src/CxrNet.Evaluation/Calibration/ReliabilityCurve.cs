namespace CxrNet.Evaluation;

/// <summary>Confidence against accuracy in bins of equal width.</summary>
/// <remarks>Immutable. Bins are (low, high], the first also has its lower edge. M. P. Naeini et al., AAAI 2015; C. Guo et al., ICML 2017 (arXiv 1706.04599), whose 15 bins are the default.</remarks>
public sealed record ReliabilityCurve
{
    /// <summary>From 0 to 1.</summary>
    public required IReadOnlyList<ReliabilityBin> Bins { get; init; }

    /// <summary>Expected calibration error: the mean gap, weighted by the bins' counts. NaN without a case.</summary>
    public required double ExpectedError { get; init; }

    /// <summary>Maximum calibration error: the largest gap. NaN without a case.</summary>
    public required double MaximumError { get; init; }

    /// <summary>The top label's probability against whether it was right.</summary>
    /// <param name="probabilities">Rows that sum to 1.</param>
    /// <param name="truth">The class of each row.</param>
    /// <param name="bins">15 by default.</param>
    public static ReliabilityCurve TopLabel(ScoreTable probabilities, IReadOnlyList<int> truth, int bins = 15)
    {
        Labels.Check(probabilities, truth);
        int[] top = probabilities.ArgMax();
        double[] confidence = new double[top.Length];
        bool[] right = new bool[top.Length];
        for (int i = 0; i < top.Length; i++)
        {
            confidence[i] = probabilities.Row(i)[top[i]];
            right[i] = top[i] == truth[i];
        }

        return Binary(confidence, right, bins);
    }

    /// <summary>The probability of one finding against whether it is there.</summary>
    /// <param name="probabilities">0 … 1.</param>
    /// <param name="positive">The truth, in the same order.</param>
    /// <param name="bins">15 by default.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a probability is NaN or outside 0 … 1.</exception>
    public static ReliabilityCurve Binary(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> positive, int bins = 15)
    {
        Guard.SameLength(probabilities.Length, positive.Length, nameof(positive));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bins);
        int[] counts = new int[bins];
        int[] right = new int[bins];
        double[] sums = new double[bins];
        for (int i = 0; i < probabilities.Length; i++)
        {
            double p = probabilities[i];
            if (!(p >= 0 && p <= 1))
            {
                throw new ArgumentException($"Value {i} is {p}, a probability of 0 to 1 expected.", nameof(probabilities));
            }

            int bin = Bin(p, bins);
            counts[bin]++;
            right[bin] += positive[i] ? 1 : 0;
            sums[bin] += p;
        }

        ReliabilityBin[] result = [.. Enumerable.Range(0, bins).Select(b =>
            new ReliabilityBin((double)b / bins, (b + 1.0) / bins, counts[b], Ratio.OrNaN(right[b], counts[b]), Ratio.OrNaN(sums[b], counts[b])))];
        return new ReliabilityCurve
        {
            Bins = result,
            ExpectedError = Ratio.OrNaN(result.Sum(b => b.Gap * b.Count), probabilities.Length),
            MaximumError = probabilities.IsEmpty ? double.NaN : result.Max(b => b.Gap),
        };
    }

    private static int Bin(double p, int bins)
    {
        int bin = Math.Clamp((int)Math.Ceiling(p * bins) - 1, 0, bins - 1);

        // p * bins rounds: settle against the edges themselves.
        while (bin > 0 && p <= (double)bin / bins)
        {
            bin--;
        }

        while (bin < bins - 1 && p > (bin + 1.0) / bins)
        {
            bin++;
        }

        return bin;
    }
}
