namespace CxrNet;

/// <summary>Which regions are taken away. Immutable.</summary>
public sealed record FeatureAblationOptions : PerturbationOptions
{
    /// <summary>The regions; about 64 superpixels by default.</summary>
    public RegionLabels Regions { get; init; } = ImageRegions.Superpixels();

    internal override void Validate()
    {
        base.Validate();
        ArgumentNullException.ThrowIfNull(Regions);
    }
}
