namespace CxrNet.Imaging.Dicom;

/// <summary>The colour space in which a frame decoder leaves a frame.</summary>
public enum FrameColor
{
    /// <summary>The one that the header's Photometric Interpretation states; for grey always this.</summary>
    AsStated,

    /// <summary>Red, green, blue.</summary>
    Rgb,

    /// <summary>Full-range YCbCr, chroma not subsampled.</summary>
    YbrFull,
}
