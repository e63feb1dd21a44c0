namespace CxrNet;

/// <summary>Resampling filters. All but <see cref="BilinearNoAntialias"/> and <see cref="Area"/> are defined as in PIL: half-pixel centres, support widened by the scale when shrinking.</summary>
public enum ResizeFilter
{
    /// <summary>Triangle, antialiased: PIL's BILINEAR, torchvision's antialias=True.</summary>
    Bilinear,

    /// <summary>Triangle without widening: torchvision's antialias=False, align_corners=False.</summary>
    BilinearNoAntialias,

    /// <summary>PIL's BOX.</summary>
    Box,

    /// <summary>Cubic, a = -0.5: PIL's BICUBIC.</summary>
    Bicubic,

    /// <summary>Lanczos, three lobes: PIL's LANCZOS.</summary>
    Lanczos,

    /// <summary>OpenCV's INTER_AREA.</summary>
    Area,
}
