namespace CxrNet;

/// <summary>Resampling filters, each by the library whose numbers it gives. Half-pixel centres everywhere; PIL's are widened by the scale when shrinking.</summary>
public enum ResizeFilter
{
    /// <summary>Triangle, antialiased: PIL's BILINEAR, torchvision's antialias=True.</summary>
    Bilinear,

    /// <summary>Triangle without widening: torchvision's antialias=False, align_corners=False; OpenCV's INTER_LINEAR.</summary>
    BilinearNoAntialias,

    /// <summary>PIL's BOX.</summary>
    Box,

    /// <summary>Cubic, a = -0.5: PIL's BICUBIC.</summary>
    Bicubic,

    /// <summary>Lanczos, three lobes: PIL's LANCZOS.</summary>
    Lanczos,

    /// <summary>OpenCV's INTER_AREA.</summary>
    Area,

    /// <summary>Cubic, a = -0.75, without widening, the border pixel repeated: torchvision's antialias=False; OpenCV's INTER_CUBIC.</summary>
    BicubicNoAntialias,

    /// <summary>Gaussian, then bilinear, with 0 outside the image after normalisation: skimage.transform.resize(mode='constant') as torchxrayvision's XRayResizer calls it.</summary>
    ScikitImage,
}
