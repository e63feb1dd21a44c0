namespace CxrNet.Evaluation;

/// <summary>How ROAD removes.</summary>
public sealed record RoadOptions
{
    /// <summary>Percentiles of the map, one or more, 0 … 100; at p the pixels from the p-th percentile on are removed, so 20 removes 80 % of them. 20, 40, 60, 80 by default.</summary>
    public IReadOnlyList<double> Percentiles { get; init; } = [20, 40, 60, 80];

    /// <summary>Standard deviation of the noise on filled pixels; 0 by default. See <see cref="RoadImputation.Fill"/>.</summary>
    public double Noise { get; init; }

    /// <summary>Seed of the noise.</summary>
    public ulong Seed { get; init; } = 1;

    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(Percentiles);
        ArgumentOutOfRangeException.ThrowIfZero(Percentiles.Count, nameof(Percentiles));
        ArgumentOutOfRangeException.ThrowIfNegative(Noise);
        foreach (double percentile in Percentiles)
        {
            CheckPercentile(percentile);
        }
    }

    internal static void CheckPercentile(double percentile)
    {
        if (!(percentile >= 0 && percentile <= 100))
        {
            throw new ArgumentOutOfRangeException(nameof(percentile), percentile, $"A percentile of {percentile} given, 0 to 100 expected.");
        }
    }
}
