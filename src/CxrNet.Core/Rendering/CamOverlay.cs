namespace CxrNet;

/// <summary>The overlay of pytorch-grad-cam's <c>show_cam_on_image</c>, for pictures that can be laid beside published ones.</summary>
/// <remarks>It colours every pixel, also where there is no evidence, and stretches the picture to full brightness; <see cref="Overlay"/> does neither. Stateless and safe for concurrent use.</remarks>
public static class CamOverlay
{
    /// <summary>Computes <c>c = (1 - w) * color(map) + w * gray</c>, then <c>255 * c / max(c)</c>, cut down to whole numbers.</summary>
    /// <param name="image">The radiograph.</param>
    /// <param name="map">A map of that image at any resolution; values 0 … 1, cut there.</param>
    /// <param name="colors">Usually <see cref="ColorMaps.Jet"/>.</param>
    /// <param name="imageWeight">w, 0 … 1; 0.5 by default.</param>
    /// <exception cref="ArgumentException">The map belongs to an image of another size, or the weight is out of range.</exception>
    public static RgbImage Blend(GrayImage image, Heatmap map, ColorMap colors, float imageWeight = 0.5f)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(colors);
        ArgumentOutOfRangeException.ThrowIfLessThan(imageWeight, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(imageWeight, 1);
        if (map.ImageWidth != image.Width || map.ImageHeight != image.Height)
        {
            throw new ArgumentException($"The map explains an image of {map.ImageWidth} x {map.ImageHeight}, this one is {image.Width} x {image.Height}.", nameof(map));
        }

        using MapPlane plane = new(map);
        Span<float> heat = stackalloc float[3 * 256], hottest = stackalloc float[256];
        hottest.Clear();
        for (int i = 0; i < 256; i++)
        {
            for (int c = 0; c < 3; c++)
            {
                heat[(256 * c) + i] = (1 - imageWeight) * (colors.Rgb[(3 * i) + c] / 255f);
                hottest[i] = Math.Max(hottest[i], heat[(256 * c) + i]);
            }
        }

        // The same is added to a pixel's three channels, so the greatest of them stays the greatest.
        float brightest = CamBlend.Brightest(image.Pixels, plane.Values, hottest, imageWeight);
        byte[] rgb = GC.AllocateUninitializedArray<byte>(checked(3 * image.Pixels.Length));
        CamBlend.Apply(image.Pixels, plane.Values, heat, imageWeight, brightest, rgb);
        return new RgbImage(image.Width, image.Height, rgb);
    }
}
