namespace CxrNet.Onnx.Quantization;

/// <summary>From a distribution to the range that is represented.</summary>
internal static class RangeChoice
{
    /// <summary>Magnitude levels of a range of both signs: half of 256.</summary>
    private const int SignedLevels = 128;

    /// <summary>The range as the options ask for.</summary>
    public static (float Minimum, float Maximum) Of(ValueHistogram values, QuantizationOptions options) => options.Method switch
    {
        CalibrationMethod.MinMax => (values.Minimum, values.Maximum),
        CalibrationMethod.Percentile => Percentile(values, options.Percentile / 100),
        _ => Entropy(values),
    };

    /// <summary>The range outside of which lies a share of <c>1 - share</c> of the values at each end, to the width of a bin.</summary>
    public static (float Minimum, float Maximum) Percentile(ValueHistogram values, double share)
    {
        long total = values.Counts.Sum();
        double cut = (1 - share) * total;
        if (total == 0 || cut < 1)
        {
            return (values.Minimum, values.Maximum);
        }

        int low = 0, high = values.Counts.Length - 1;
        for (long beyond = values.Counts[low]; beyond <= cut; beyond += values.Counts[++low])
        {
        }

        for (long beyond = values.Counts[high]; beyond <= cut; beyond += values.Counts[--high])
        {
        }

        // Of values of one sign there is no lower end to cut: the range begins at 0.
        float minimum = values.Minimum < 0 ? Math.Min(0, values.UpperEdge(low - 1)) : 0;
        float maximum = values.Maximum > 0 ? Math.Max(0, values.UpperEdge(high)) : 0;
        return (Math.Max(minimum, values.Minimum), Math.Min(maximum, values.Maximum));
    }

    /// <summary>The range up to the magnitude T that keeps the most: <c>KL(P || Q)</c> is least for it, where P is the distribution with all beyond T put into the last bin, and Q the same in as many levels as 8 bits have, spread over the bins that hold anything.</summary>
    public static (float Minimum, float Maximum) Entropy(ValueHistogram values)
    {
        bool oneSign = values.Minimum >= 0 || values.Maximum <= 0;
        float most = values.UpperEdge(Best(values.Counts, oneSign ? 2 * SignedLevels : SignedLevels) - 1);
        return (Math.Max(values.Minimum, -most), Math.Min(values.Maximum, most));
    }

    /// <summary>How many bins, from the first, the range of least divergence has.</summary>
    internal static int Best(long[] counts, int levels)
    {
        long total = counts.Sum(), within = counts.AsSpan(0, levels).ToArray().Sum();
        int best = counts.Length;
        double least = double.PositiveInfinity;
        for (int bins = levels; bins <= counts.Length && total > 0; bins++)
        {
            double divergence = Divergence(counts, bins, levels, total - within, total);
            // Later ones win ties: nothing more is cut off than has to be.
            if (divergence <= least)
            {
                (least, best) = (divergence, bins);
            }

            within += bins < counts.Length ? counts[bins] : 0;
        }

        return best;
    }

    private static double Divergence(long[] counts, int bins, int levels, long beyond, long total)
    {
        double divergence = 0, sumOfQ = total - beyond;
        if (sumOfQ == 0)
        {
            return double.PositiveInfinity;
        }

        int start = 0;
        for (int level = 0; level < levels; level++)
        {
            int end = (int)((long)(level + 1) * bins / levels);
            long sum = 0;
            int filled = 0;
            for (int i = start; i < end; i++)
            {
                sum += counts[i];
                filled += counts[i] > 0 ? 1 : 0;
            }

            for (int i = start; i < end; i++)
            {
                double p = counts[i] + (i == bins - 1 ? beyond : 0);
                if (p == 0)
                {
                    continue;
                }

                // The last bin may hold nothing but what lies beyond: Q has none there, and a range that ends so is none.
                double q = counts[i] == 0 ? 0 : (double)sum / filled;
                if (q == 0)
                {
                    return double.PositiveInfinity;
                }

                divergence += p / total * Math.Log(p / total / (q / sumOfQ));
            }

            start = end;
        }

        return divergence;
    }
}
