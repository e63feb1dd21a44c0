namespace CxrNet.Torch;

/// <summary>How guided Grad-CAM enlarges the coarse map before the product.</summary>
public enum MapEnlargement
{
    /// <summary>Each pixel takes the cell that it lies in (captum's default).</summary>
    Nearest,

    /// <summary>Bilinear with half-pixel centres.</summary>
    Bilinear,
}
