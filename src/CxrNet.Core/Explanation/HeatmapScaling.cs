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

    // Only what lies inside the image: a square around a thin image has a hundred times its pixels.
    private static void Paste(Heatmap map, PixelRegion region, Span<float> image)
    {
        int left = Math.Max(0, region.X), right = Math.Min(map.ImageWidth, region.X + region.Width);
        int top = Math.Max(0, region.Y), bottom = Math.Min(map.ImageHeight, region.Y + region.Height);
        int width = right - left, height = bottom - top;
        if (width <= 0 || height <= 0)
        {
            return;
        }

        using FilterTaps columns = FilterTaps.Create(ResizeFilter.Bilinear, map.Width, region.Width, enlarging: false, left - region.X, width);
        using FilterTaps rows = FilterTaps.Create(ResizeFilter.Bilinear, map.Height, region.Height, enlarging: false, top - region.Y, height);
        float[] rented = ArrayPool<float>.Shared.Rent(width * height);
        Span<float> part = rented.AsSpan(0, width * height);
        Resampling.Run(map.Values, map.Width, map.Height, 1, new PixelRegion(0, 0, map.Width, map.Height), rows, columns, part);
        for (int y = 0; y < height; y++)
        {
            part.Slice(y * width, width).CopyTo(image[(((top + y) * map.ImageWidth) + left)..]);
        }

        ArrayPool<float>.Shared.Return(rented);
    }
}
