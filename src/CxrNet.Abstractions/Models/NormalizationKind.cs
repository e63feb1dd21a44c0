namespace CxrNet;

/// <summary>What a normalisation computes from a grey level g.</summary>
public enum NormalizationKind
{
    /// <summary><c>g * (Max - Min) + Min</c>.</summary>
    Range,

    /// <summary><c>(g - mean) / max(std, 1e-6)</c> with the image's own mean and population standard deviation at the network's resolution.</summary>
    PerImage,

    /// <summary><c>(g - Mean[c]) / Std[c]</c> for each channel c.</summary>
    MeanStd,
}
