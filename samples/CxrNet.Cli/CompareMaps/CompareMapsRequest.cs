namespace CxrNet.Cli;

/// <summary>What compare-maps, or randomize, was asked for.</summary>
internal sealed record CompareMapsRequest
{
    public required ModelChoice Model { get; init; }

    public string? Manifest { get; init; }

    public required string Split { get; init; }

    public required int Limit { get; init; }

    public int? Phantoms { get; init; }

    public required string Methods { get; init; }

    /// <summary>Whether nobody chose <see cref="Methods"/>: those that the model has not are left out then, as with "all".</summary>
    public bool IsDefaultOfMethods { get; init; }

    public string? Target { get; init; }

    public required string Folder { get; init; }

    public int Pictures { get; init; }

    public int Steps { get; init; }

    public bool Steady { get; init; }

    public string? Lungs { get; init; }

    /// <summary>As <see cref="ExplanationContext.Layers"/>.</summary>
    public IReadOnlyList<string> Layers { get; init; } = [];

    /// <summary>As <see cref="ExplanationContext.FeatureTensor"/>.</summary>
    public string? Features { get; init; }

    /// <summary>A classifier that was trained on random masks; null for no EVAL-X.</summary>
    public string? Evaluator { get; init; }

    public required int Masks { get; init; }

    public required ulong Seed { get; init; }

    /// <summary>0 for no limit.</summary>
    public double Minutes { get; init; }

    /// <summary>Images at a time.</summary>
    public int Parallel { get; init; } = 1;

    public bool Restart { get; init; }
}
