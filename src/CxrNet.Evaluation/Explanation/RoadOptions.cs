namespace CxrNet.Evaluation;

/// <summary>How ROAD removes.</summary>
public sealed record RoadOptions
{
    /// <summary>Percentiles of the map; at p the pixels from the p-th percentile on are removed, so 20 removes 80 % of them. 20, 40, 60, 80 by default.</summary>
    public IReadOnlyList<double> Percentiles { get; init; } = [20, 40, 60, 80];

    /// <summary>Standard deviation of the noise on filled pixels; 0 by default. See <see cref="RoadImputation.Fill"/>.</summary>
    public double Noise { get; init; }

    /// <summary>Seed of the noise.</summary>
    public ulong Seed { get; init; } = 1;
}
