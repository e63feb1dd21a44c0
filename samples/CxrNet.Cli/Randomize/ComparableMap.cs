namespace CxrNet.Cli;

/// <summary>Maps as two networks' are compared.</summary>
internal static class ComparableMap
{
    // SSIM looks through windows of 7 x 7, and CAMs have as few as 6 x 6 cells: such maps are enlarged before they are compared.
    private const int FewestCells = 32;
    private const int EnlargedSide = 64;

    // Some maps have the image's own size.
    private const int LargestSide = 512;

    /// <summary>A map with cells enough to be compared by structure, enlarged bilinearly where it has fewer, and no more than any network gives: the maps of all images are kept.</summary>
    public static Heatmap Of(Heatmap map)
    {
        double scale = Math.Min(1, (double)LargestSide / Math.Max(map.Width, map.Height));
        (int width, int height) = Math.Min(map.Width, map.Height) < FewestCells ? (EnlargedSide, EnlargedSide) : ((int)Math.Ceiling(scale * map.Width), (int)Math.Ceiling(scale * map.Height));
        if (width == map.Width && height == map.Height)
        {
            return map;
        }

        float[] values = new float[width * height];
        Resizer.Resize(map.Values, map.Width, map.Height, values, width, height, ResizeFilter.Bilinear);
        return new Heatmap(width, height, values, map.ImageWidth, map.ImageHeight, map.Region) { Method = map.Method, Finding = map.Finding, IsSigned = map.IsSigned };
    }
}
