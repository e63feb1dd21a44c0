namespace CxrNet;

/// <summary>How stored values become grey levels 0 … 1: modality step, then VOI step, as DICOM PS3.3 C.11.1 and C.11.2 define them.</summary>
/// <remarks>The inversion of MONOCHROME1 is not part of it; <see cref="PhotometricMeaning"/> says that.</remarks>
public sealed record DisplayTransform
{
    /// <summary>0 to 2^bits - 1 becomes 0 to 1 (for signed samples: -2^(bits-1) to 2^(bits-1) - 1): what a JPEG or PNG means.</summary>
    public static DisplayTransform FullRange { get; } = new();

    /// <summary>The image's own minimum becomes 0, its maximum 1, a constant image 0: what DICOM leaves to the viewer where no window is stated.</summary>
    public static DisplayTransform MinMax { get; } = new() { UseMinMax = true };

    /// <summary>Modality output = stored x slope + intercept; 1 by default.</summary>
    public double RescaleSlope { get; init; } = 1;

    /// <summary>Modality output = stored x slope + intercept; 0 by default.</summary>
    public double RescaleIntercept { get; init; }

    /// <summary>Modality LUT, used in place of slope and intercept where it is given.</summary>
    public LookupTable? ModalityLut { get; init; }

    /// <summary>VOI LUT, used before any window where it is given.</summary>
    public LookupTable? VoiLut { get; init; }

    /// <summary>The window, used where there is no VOI LUT.</summary>
    public VoiWindow? Window { get; init; }

    /// <summary>Whether minimum and maximum of the modality output span the grey levels where neither VOI LUT nor window is given.</summary>
    public bool UseMinMax { get; init; }
}
