namespace CxrNet;

/// <summary>How a map is laid over its image.</summary>
public sealed record OverlayOptions
{
    /// <summary>Opacity 0.65 at the top of a fixed scale 0 … 1.</summary>
    public static OverlayOptions Default { get; } = new();

    /// <summary>Opacity of the colour where the map is strongest, 0 … 1; 0.65 by default. It falls to 0 with the map's value.</summary>
    public float Opacity { get; init; } = 0.65f;

    /// <summary>Which value is "strongest"; fixed by default.</summary>
    public OverlayScale Scale { get; init; }

    /// <summary>The top of the fixed scale; 1 by default.</summary>
    public float FixedPeak { get; init; } = 1;

    /// <summary>The percentile for <see cref="OverlayScale.Percentile"/>, above 0 up to 100; 99 by default.</summary>
    public float Percentile { get; init; } = 99;
}
