namespace CxrNet;

/// <summary>How an image of another shape becomes the input's shape.</summary>
public enum InputGeometry
{
    /// <summary>Both axes are resized on their own; the aspect ratio is lost.</summary>
    Stretch,

    /// <summary>The largest centred region of the input's aspect ratio is cut out, then resized.</summary>
    CenterCrop,

    /// <summary>The whole image is resized to fit and padded with black, centred.</summary>
    Letterbox,
}
