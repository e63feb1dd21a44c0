namespace CxrNet.Evaluation;

/// <summary>How a guard is fitted.</summary>
public sealed record GuardFitOptions
{
    /// <summary>The share of new images of the wanted kind that the guard may call unlike; 0.02 by default.</summary>
    public double FalseAlarms { get; init; } = 0.02;

    /// <summary>The first pooled feature that is used, one that there is; 0 by default.</summary>
    public int PooledStart { get; init; }

    /// <summary>How many pooled features are used, 0 for none; null (the default) for all from the first.</summary>
    public int? PooledLength { get; init; }

    /// <summary>Principal directions of the pooled features, 0 or more; as many as leave one over where there are fewer features. 24 by default.</summary>
    public int PooledComponents { get; init; } = 24;

    /// <summary>Principal directions of the thumbnail, 0 to 255; 24 by default.</summary>
    public int ThumbnailComponents { get; init; } = 24;

    /// <summary>The data, in words for the card.</summary>
    public string Provenance { get; init; } = "";
}
