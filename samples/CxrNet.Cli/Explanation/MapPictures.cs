using CxrNet.Imaging;

namespace CxrNet.Cli;

/// <summary>Maps of any method as pictures that can be looked at side by side.</summary>
internal static class MapPictures
{
    /// <summary>The grid's column of the X-ray alone.</summary>
    public const string Image = "image";

    private const int Side = 192;

    /// <summary>A small PNG for a grid: the X-ray alone, or under a map.</summary>
    public static byte[] Draw(GrayImage image, Heatmap? map)
    {
        int width = Math.Max(1, (int)Math.Round(Side * Math.Min(1, image.Width / (double)image.Height))), height = Math.Max(1, (int)Math.Round(Side * Math.Min(1, image.Height / (double)image.Width)));
        GrayImage small = new(width, height, Resize(image.Pixels, image.Width, image.Height, width, height));
        using MemoryStream file = new();
        if (map is null)
        {
            PngFile.Write(file, small);
        }
        else
        {
            // The floor goes first: around a part of an image, zeros would hide it.
            Heatmap sized = map.ToEvidence().ToImageSize();
            PngFile.Write(file, Overlay.BlendEvidence(small, new Heatmap(width, height, Resize(sized.Values, sized.Width, sized.Height, width, height), width, height) { IsSigned = map.IsSigned, Method = map.Method }));
        }

        return file.ToArray();
    }

    private static float[] Resize(ReadOnlySpan<float> plane, int width, int height, int newWidth, int newHeight)
    {
        float[] small = new float[newWidth * newHeight];
        Resizer.Resize(plane, width, height, small, newWidth, newHeight, ResizeFilter.Bilinear);
        return small;
    }
}
