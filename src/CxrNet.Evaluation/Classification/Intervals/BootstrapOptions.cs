namespace CxrNet.Evaluation;

/// <summary>How a bootstrap draws.</summary>
public sealed record BootstrapOptions
{
    /// <summary>How many samples are drawn; 2000 by default.</summary>
    public int Replicates { get; init; } = 2000;

    /// <summary>The same seed gives the same interval on every machine; 1 by default.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>0.95 by default.</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>The stratum of each row, for example its class: each sample has as many units of a stratum as the data has. Null (the default) draws from all alike.</summary>
    public IReadOnlyList<int>? Strata { get; init; }

    /// <summary>The patient of each row: the images of one patient are drawn together, since they are no independent cases. Null (the default) where each row is its own. A patient belongs to the stratum of the first row.</summary>
    public IReadOnlyList<int>? Clusters { get; init; }
}
