namespace CxrNet;

/// <summary>What the samples mean.</summary>
public enum PhotometricMeaning
{
    /// <summary>One channel, the lowest value is black (DICOM MONOCHROME2, PNG and JPEG grey).</summary>
    Monochrome2,

    /// <summary>One channel, the lowest value is white (DICOM MONOCHROME1).</summary>
    Monochrome1,

    /// <summary>Three interleaved channels: red, green, blue.</summary>
    Rgb,
}
