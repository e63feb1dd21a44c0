namespace CxrNet.Evaluation;

/// <summary>Percentiles with linear interpolation, as NumPy's default: position (n - 1) q between the sorted values.</summary>
internal static class Percentile
{
    public static double OfSorted(ReadOnlySpan<double> sorted, double quantile)
    {
        if (sorted.IsEmpty)
        {
            return double.NaN;
        }

        double position = (sorted.Length - 1) * quantile;
        int below = Math.Clamp((int)Math.Floor(position), 0, sorted.Length - 1);
        int above = Math.Min(below + 1, sorted.Length - 1);
        double share = position - below;
        double step = sorted[above] - sorted[below];

        // Anchored at the nearer end, so that a whole position gives the value itself.
        return share < 0.5 ? sorted[below] + (step * share) : sorted[above] - (step * (1 - share));
    }
}
