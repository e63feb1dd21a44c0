using System.Buffers;
using System.Numerics.Tensors;

namespace CxrNet;

/// <summary>Lays an explanation map over its radiograph.</summary>
/// <remarks>Stateless and safe for concurrent use.</remarks>
public static class Overlay
{
    /// <summary>Blends with the default colours and options: <see cref="ColorMaps.Inferno"/> for evidence, <see cref="ColorMaps.BlueRed"/> for a signed map.</summary>
    /// <param name="image">The radiograph.</param>
    /// <param name="map">A map of that image at any resolution.</param>
    public static RgbImage Blend(GrayImage image, Heatmap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        return Blend(image, map, map.IsSigned ? ColorMaps.BlueRed : ColorMaps.Inferno, OverlayOptions.Default);
    }

    /// <summary>The picture of a map of any method: its evidence (<see cref="HeatmapEvidence.ToEvidence"/>), in the colours and on the scale that suit the method.</summary>
    /// <remarks>RISE and its like have a floor below all pixels, under which a picture would drown. A network's own map is 0 … 1 and keeps its scale; the units of other methods differ, so their pictures show places and not strengths.</remarks>
    /// <param name="image">The radiograph.</param>
    /// <param name="map">A raw map of that image: before <see cref="HeatmapScaling.ToImageSize"/>, which puts zeros around a part of an image.</param>
    /// <param name="colors">The colours; where null, <see cref="ColorMaps.Inferno"/>, or <see cref="ColorMaps.BlueRed"/> for a signed map.</param>
    /// <param name="options">Opacity and scale; where null, the fixed scale for a network's own map and the percentile for any other.</param>
    /// <returns>A picture of the image's size.</returns>
    /// <exception cref="ArgumentException">The map belongs to an image of another size, or an option is out of range.</exception>
    public static RgbImage BlendEvidence(GrayImage image, Heatmap map, ColorMap? colors = null, OverlayOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(map);
        options ??= map.IsOwnMap ? OverlayOptions.Default : OverlayOptions.Default with { Scale = OverlayScale.Percentile };
        return Blend(image, map.ToEvidence(), colors ?? (map.IsSigned ? ColorMaps.BlueRed : ColorMaps.Inferno), options);
    }

    /// <summary>Blends: <c>pixel = (1 - a) * gray + a * color(v)</c> with <c>v = map / peak</c> and opacity <c>a = Opacity * |v|</c>, both cut at 1.</summary>
    /// <remarks>The opacity follows the evidence, so that "no evidence" looks like the plain radiograph. A signed map uses the colours' middle for 0.</remarks>
    /// <param name="image">The radiograph.</param>
    /// <param name="map">A map of that image at any resolution.</param>
    /// <param name="colors">From least to most evidence; for a signed map from most against to most for.</param>
    /// <param name="options">Opacity and scale; <see cref="OverlayOptions.Default"/> where null.</param>
    /// <returns>A picture of the image's size.</returns>
    /// <exception cref="ArgumentException">The map belongs to an image of another size, or an option is out of range.</exception>
    public static RgbImage Blend(GrayImage image, Heatmap map, ColorMap colors, OverlayOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(colors);
        options ??= OverlayOptions.Default;
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Opacity, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Opacity, 1);
        if (map.ImageWidth != image.Width || map.ImageHeight != image.Height)
        {
            throw new ArgumentException($"The map explains an image of {map.ImageWidth} x {map.ImageHeight}, this one is {image.Width} x {image.Height}.", nameof(map));
        }

        byte[] rgb = GC.AllocateUninitializedArray<byte>(checked(3 * image.Pixels.Length));
        using MapPlane plane = new(map);
        OverlayBlend.Apply(image.Pixels, plane.Values, PeakOf(map, options), map.IsSigned, colors.Rgb, options.Opacity, rgb);
        return new RgbImage(image.Width, image.Height, rgb);
    }

    private static float PeakOf(Heatmap map, OverlayOptions options)
    {
        switch (options.Scale)
        {
            case OverlayScale.Fixed:
                ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.FixedPeak);
                return options.FixedPeak;
            case OverlayScale.Peak:
                return OrOne(Math.Abs(TensorPrimitives.MaxMagnitude(map.Values)));
            default:
                ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Percentile);
                ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Percentile, 100);
                float[] rented = ArrayPool<float>.Shared.Rent(map.Values.Length);
                Span<float> magnitudes = rented.AsSpan(0, map.Values.Length);
                TensorPrimitives.Abs(map.Values, magnitudes);
                float value = Percentiles.Of(magnitudes, options.Percentile);
                ArrayPool<float>.Shared.Return(rented);
                return OrOne(value);
        }
    }

    // A map of zeros stays a map of zeros.
    private static float OrOne(float peak) => peak > 0 ? peak : 1;
}
