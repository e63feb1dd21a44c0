namespace CxrNet.Benchmarks.Measuring;

/// <summary>The times of one contender, in the order of the rounds.</summary>
internal sealed record Timing(string Name, double[] Milliseconds)
{
    public double Median => At(0.5);

    /// <summary>A quantile of the times, 0 … 1.</summary>
    public double At(double quantile) => Quantile(Milliseconds, quantile);

    /// <summary>How many times as long as another this takes: the median of the ratios of each round, and their quartiles.</summary>
    public Ratio Over(Timing other)
    {
        double[] ratios = [.. Milliseconds.Zip(other.Milliseconds, static (a, b) => a / b)];
        return new Ratio(Quantile(ratios, 0.5), Quantile(ratios, 0.25), Quantile(ratios, 0.75), ratios.Length);
    }

    /// <summary>The same of the quarter's time of each: what is left where another process takes the cores for a while.</summary>
    public double QuietOver(Timing other) => At(0.25) / other.At(0.25);

    private static double Quantile(double[] values, double quantile)
    {
        double[] sorted = [.. values.Order()];
        double at = quantile * (sorted.Length - 1);
        int low = (int)at;
        return low + 1 < sorted.Length ? sorted[low] + ((at - low) * (sorted[low + 1] - sorted[low])) : sorted[low];
    }
}
