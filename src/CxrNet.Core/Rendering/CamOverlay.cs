using System.Numerics.Tensors;

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

        ReadOnlySpan<float> values = map.ToImageSize().Values;
        float[] blended = new float[checked(3 * values.Length)];
        for (int i = 0; i < values.Length; i++)
        {
            ReadOnlySpan<byte> color = colors.Rgb.Slice(3 * (int)(255 * Math.Clamp(values[i], 0, 1)), 3);
            float gray = imageWeight * image.Pixels[i];
            for (int c = 0; c < 3; c++)
            {
                blended[(3 * i) + c] = ((1 - imageWeight) * (color[c] / 255f)) + gray;
            }
        }

        float brightest = Math.Max(TensorPrimitives.Max<float>(blended), float.Epsilon);
        return new RgbImage(image.Width, image.Height, Array.ConvertAll(blended, value => (byte)(255 * (value / brightest))));
    }
}
