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
        ReadOnlySpan<float> values = plane.Values, pixels = image.Pixels;
        Span<float> heat = stackalloc float[3 * 256], hottest = stackalloc float[256];
        for (int i = 0; i < heat.Length; i++)
        {
            heat[i] = (1 - imageWeight) * (colors.Rgb[i] / 255f);
            hottest[i / 3] = Math.Max(hottest[i / 3], heat[i]);
        }

        // The brightest channel of all pixels first: what is added to a pixel's channels is the same for the three, so the greatest stays the greatest.
        float brightest = float.Epsilon;
        for (int i = 0; i < values.Length; i++)
        {
            brightest = Math.Max(brightest, hottest[StepOf(values[i])] + (imageWeight * pixels[i]));
        }

        byte[] rgb = GC.AllocateUninitializedArray<byte>(checked(3 * values.Length));
        for (int i = 0, o = 0; i < values.Length; i++, o += 3)
        {
            ReadOnlySpan<float> color = heat.Slice(3 * StepOf(values[i]), 3);
            float gray = imageWeight * pixels[i];
            rgb[o] = (byte)(255 * ((color[0] + gray) / brightest));
            rgb[o + 1] = (byte)(255 * ((color[1] + gray) / brightest));
            rgb[o + 2] = (byte)(255 * ((color[2] + gray) / brightest));
        }

        return new RgbImage(image.Width, image.Height, rgb);
    }

    private static int StepOf(float value) => (int)(255 * Math.Clamp(value, 0, 1));
}
