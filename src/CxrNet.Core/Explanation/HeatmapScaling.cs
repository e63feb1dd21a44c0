using System.Buffers;

namespace CxrNet;

/// <summary>Raw maps to the image's own pixels.</summary>
public static class HeatmapScaling
{
    /// <summary>Resizes a map onto the part of the image that it covers: bilinear with half-pixel centres, antialiased where it shrinks; 0 outside that part. Magnitudes are kept.</summary>
    /// <param name="map">A map at any resolution.</param>
    /// <returns>A map of one value per image pixel; the same instance where it already is one.</returns>
    public static Heatmap ToImageSize(this Heatmap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        PixelRegion whole = PixelRegion.Whole(map.ImageWidth, map.ImageHeight);
        PixelRegion region = map.Region;
        if (region == whole && map.Width == whole.Width && map.Height == whole.Height)
        {
            return map;
        }

        float[] values = new float[checked(map.ImageWidth * map.ImageHeight)];
        if (region == whole)
        {
            Resizer.Resize(map.Values, map.Width, map.Height, values, map.ImageWidth, map.ImageHeight, ResizeFilter.Bilinear);
        }
        else
        {
            Paste(map, region, values);
        }

        return new Heatmap(map.ImageWidth, map.ImageHeight, values, map.ImageWidth, map.ImageHeight) { Method = map.Method, Finding = map.Finding, IsSigned = map.IsSigned };
    }

    private static void Paste(Heatmap map, PixelRegion region, Span<float> image)
    {
        int length = checked(region.Width * region.Height);
        float[] rented = ArrayPool<float>.Shared.Rent(length);
        Resizer.Resize(map.Values, map.Width, map.Height, rented.AsSpan(0, length), region.Width, region.Height, ResizeFilter.Bilinear);
        int left = Math.Max(0, region.X), right = Math.Min(map.ImageWidth, region.X + region.Width);
        for (int y = Math.Max(0, region.Y); y < Math.Min(map.ImageHeight, region.Y + region.Height) && right > left; y++)
        {
            rented.AsSpan(((y - region.Y) * region.Width) + left - region.X, right - left).CopyTo(image[((y * map.ImageWidth) + left)..]);
        }

        ArrayPool<float>.Shared.Return(rented);
    }
}
