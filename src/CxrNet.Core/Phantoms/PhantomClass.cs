namespace CxrNet;

/// <summary>What a phantom shows.</summary>
public enum PhantomClass
{
    /// <summary>Clear lungs; no lesion.</summary>
    Normal,

    /// <summary>One lobar consolidation: dense, on one side, bounded by the lobe, with air bronchograms.</summary>
    BacterialPneumonia,

    /// <summary>Diffuse reticular (net-like) opacities and thickened airways on both sides, strongest around the hila.</summary>
    ViralPneumonia,

    /// <summary>Patches of ground glass on both sides, at the periphery and the bases.</summary>
    Covid19,
}
