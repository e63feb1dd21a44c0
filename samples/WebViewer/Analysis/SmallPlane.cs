namespace CxrNet.WebViewer.Analysis;

/// <summary>Planes shrunk for the way to the browser.</summary>
internal static class SmallPlane
{
    /// <summary>The size of an image whose longer side is at most the limit, with its proportions; never larger than it is.</summary>
    public static (int Width, int Height) Within(int width, int height, int longest)
    {
        double scale = Math.Min(1, longest / (double)Math.Max(width, height));
        return (Math.Max(1, (int)Math.Round(width * scale)), Math.Max(1, (int)Math.Round(height * scale)));
    }

    /// <summary>Shrinks, antialiased.</summary>
    public static float[] Of(ReadOnlySpan<float> plane, int width, int height, int newWidth, int newHeight)
    {
        float[] small = new float[newWidth * newHeight];
        Resizer.Resize(plane, width, height, small, newWidth, newHeight, ResizeFilter.Bilinear);
        return small;
    }
}
