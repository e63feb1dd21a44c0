namespace CxrNet;

/// <summary>What is done with the lungs before a classifier sees the image.</summary>
public enum LungHandling
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Everything outside the lung mask becomes a constant.</summary>
    Apply,

    /// <summary>The image is cropped to the lungs' bounding box with a margin.</summary>
    Crop,
}
