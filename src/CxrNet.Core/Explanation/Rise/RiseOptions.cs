namespace CxrNet;

/// <summary>How RISE draws its masks. Immutable.</summary>
public sealed record RiseOptions : PerturbationOptions
{
    /// <summary>The defaults of the method: it watches the probability.</summary>
    public RiseOptions() => Score = ExplainedScore.Probability;

    /// <summary>Masks at most; 4000 by default. The noise of the map falls with their square root.</summary>
    public int Masks { get; init; } = 4000;

    /// <summary>Cells of a mask's coarse grid, across and down; 8 by default.</summary>
    public int Cells { get; init; } = 8;

    /// <summary>The chance of a cell to be kept, between 0 and 1; 0.5 by default.</summary>
    public double KeepShare { get; init; } = 0.5;

    /// <summary>The same seed gives the same masks on every machine, and every image gets the same ones; 1 by default.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>
    /// Stops as soon as the map has converged to this reliability, between 0 and 1: the correlation r of the maps of two halves of the masks, as <c>2 r / (1 + r)</c> (Spearman and Brown) for both halves together. Looked at every 256 masks, whatever the batch; <see cref="RiseMap.Estimate"/> tells what was reached. Null to use all masks; 0.98 by default.
    /// </summary>
    public double? StopAtReliability { get; init; } = 0.98;

    /// <summary>Masks to use in place of drawn ones, one or more, width x height values of the network's input each; null (the default) to draw them.</summary>
    public IReadOnlyList<float[]>? GivenMasks { get; init; }

    internal override void Validate()
    {
        base.Validate();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Masks);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Cells);
        if (!(KeepShare > 0 && KeepShare < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(KeepShare), KeepShare, $"A share of {KeepShare} given, above 0 and below 1 expected.");
        }

        if (GivenMasks is { Count: 0 })
        {
            throw new ArgumentException("No masks given, one or more expected; null draws them.", nameof(GivenMasks));
        }

        for (int i = 0; i < GivenMasks?.Count; i++)
        {
            _ = GivenMasks[i] ?? throw new ArgumentException($"Mask {i} is null.", nameof(GivenMasks));
        }

        if (StopAtReliability is { } stop && !(stop > 0 && stop < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(StopAtReliability), stop, $"A reliability of {stop} given, above 0 and below 1 expected.");
        }
    }
}
