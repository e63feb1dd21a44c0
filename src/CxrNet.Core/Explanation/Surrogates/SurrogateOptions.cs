namespace CxrNet;

/// <summary>What LIME and Kernel SHAP have in common. Immutable.</summary>
public record SurrogateOptions : PerturbationOptions
{
    /// <summary>The regions that are there or not; about 64 superpixels by default.</summary>
    public RegionLabels Regions { get; init; } = ImageRegions.Superpixels();

    /// <summary>Combinations of regions that are scored; 1000 by default.</summary>
    public int Samples { get; init; } = 1000;

    /// <summary>The same seed draws the same combinations on every machine; 1 by default.</summary>
    public ulong Seed { get; init; } = 1;

    internal override void Validate()
    {
        base.Validate();
        ArgumentNullException.ThrowIfNull(Regions);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Samples);
    }
}
