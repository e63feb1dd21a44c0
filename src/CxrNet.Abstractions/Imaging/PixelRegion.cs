namespace CxrNet;

/// <summary>A rectangle of whole pixels: the first row and column inside, and how many of each.</summary>
public readonly record struct PixelRegion(int X, int Y, int Width, int Height)
{
    /// <summary>The whole of an image.</summary>
    public static PixelRegion Whole(int width, int height) => new(0, 0, width, height);

    /// <summary>The whole of an image.</summary>
    public static PixelRegion Whole(GrayImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return new(0, 0, image.Width, image.Height);
    }
}
