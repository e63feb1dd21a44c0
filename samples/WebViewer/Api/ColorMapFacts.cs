namespace CxrNet.WebViewer.Api;

/// <summary>A colour map with its colours, so that the page draws what the library draws.</summary>
/// <param name="Name">As requests have it.</param>
/// <param name="AnyVision">Whether lightness alone carries it, so that it can be read with any colour vision and in print.</param>
/// <param name="Signed">Whether its middle stands for no evidence.</param>
/// <param name="Rgb">256 colours, red, green, blue, as Base64.</param>
internal sealed record ColorMapFacts(string Name, bool AnyVision, bool Signed, byte[] Rgb)
{
    // The maps for signed values run from blue to red, which the common kinds of colour blindness tell apart.
    public static IReadOnlyList<ColorMapFacts> All { get; } =
    [
        .. new[] { ColorMaps.Inferno, ColorMaps.Viridis, ColorMaps.Plasma, ColorMaps.Magma }.Select(static map => new ColorMapFacts(map.Name, true, false, map.Rgb.ToArray())),
        new ColorMapFacts(ColorMaps.BlueRed.Name, true, true, ColorMaps.BlueRed.Rgb.ToArray()),
        .. new[] { ColorMaps.Turbo, ColorMaps.Jet, ColorMaps.Hot }.Select(static map => new ColorMapFacts(map.Name, false, false, map.Rgb.ToArray())),
    ];
}
