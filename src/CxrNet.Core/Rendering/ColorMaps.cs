namespace CxrNet;

/// <summary>The colour maps that the library knows. Where matplotlib and OpenCV differ by more than rounding, each has its own.</summary>
public static class ColorMaps
{
    /// <summary>Black, violet, orange, pale yellow: perceptually uniform and never grey, so that colour cannot be taken for anatomy. The default for evidence.</summary>
    public static ColorMap Inferno { get; } = new("inferno", Convert.FromHexString(ColorTables.Inferno));

    /// <summary>Violet, green, yellow: perceptually uniform, readable with any colour vision.</summary>
    public static ColorMap Viridis { get; } = new("viridis", Convert.FromHexString(ColorTables.Viridis));

    /// <summary>Blue, violet, orange, yellow: perceptually uniform.</summary>
    public static ColorMap Plasma { get; } = new("plasma", Convert.FromHexString(ColorTables.Plasma));

    /// <summary>Black, violet, pink, pale yellow: perceptually uniform.</summary>
    public static ColorMap Magma { get; } = new("magma", Convert.FromHexString(ColorTables.Magma));

    /// <summary>A rainbow with smoother steps than jet; not uniform in lightness.</summary>
    public static ColorMap Turbo { get; } = new("turbo", Convert.FromHexString(ColorTables.Turbo));

    /// <summary>MATLAB's rainbow as OpenCV has it, the one of most published class activation maps; its bright yellow and cyan are not the strongest values.</summary>
    public static ColorMap Jet { get; } = new("jet", ColorRamp.Sample(
        p => Math.Min((1020 * p) - 382, 1148 - (1020 * p)) / 255,
        p => Math.Min((1020 * p) - 128, 892 - (1020 * p)) / 255,
        p => Math.Min((1020 * p) + 128, 638 - (1020 * p)) / 255));

    /// <summary>The rainbow as matplotlib has it; up to 33 of 255 away from OpenCV's.</summary>
    public static ColorMap JetMatplotlib { get; } = new("jet (matplotlib)", ColorRamp.Sample(
        ColorRamp.Through((0, 0), (0.35, 0), (0.66, 1), (0.89, 1), (1, 0.5)),
        ColorRamp.Through((0, 0), (0.125, 0), (0.375, 1), (0.64, 1), (0.91, 0), (1, 0)),
        ColorRamp.Through((0, 0.5), (0.11, 1), (0.34, 1), (0.65, 0), (1, 0))));

    /// <summary>Black, red, yellow, white as OpenCV has it: MATLAB's 64 colours, joined by straight lines.</summary>
    public static ColorMap Hot { get; } = new("hot", ColorRamp.Sample(
        ColorRamp.Coarse(64, k => Math.Clamp(2.5 * k / 63, 0, 1)),
        ColorRamp.Coarse(64, k => Math.Clamp((2.5 * k / 63) - 1, 0, 1)),
        ColorRamp.Coarse(64, k => Math.Clamp((5.0 * k / 63) - 4, 0, 1))));

    /// <summary>Black, red, yellow, white as matplotlib has it; up to 51 of 255 away from OpenCV's.</summary>
    public static ColorMap HotMatplotlib { get; } = new("hot (matplotlib)", ColorRamp.Sample(
        ColorRamp.Through((0, 0.0416), (0.365079, 1), (1, 1)),
        ColorRamp.Through((0, 0), (0.365079, 0), (0.746032, 1), (1, 1)),
        ColorRamp.Through((0, 0), (0.746032, 0), (1, 1))));

    /// <summary>Black to white with a blue tinge, as films look.</summary>
    public static ColorMap Bone { get; } = new("bone", ColorRamp.Sample(
        ColorRamp.Through((0, 0), (0.746032, 0.652778), (1, 1)),
        ColorRamp.Through((0, 0), (0.365079, 0.319444), (0.746032, 0.777778), (1, 1)),
        ColorRamp.Through((0, 0), (0.365079, 0.444444), (1, 1))));

    /// <summary>Black to white.</summary>
    public static ColorMap Gray { get; } = new("gray", ColorRamp.Sample(p => p, p => p, p => p));

    /// <summary>Blue through near-white to red: evidence against, none, for. The default for signed maps.</summary>
    public static ColorMap BlueRed { get; } = new("blue-red", ColorRamp.Sample(
        ColorRamp.Through((0, 0.13), (0.5, 0.97), (1, 0.70)),
        ColorRamp.Through((0, 0.40), (0.5, 0.97), (1, 0.09)),
        ColorRamp.Through((0, 0.67), (0.5, 0.97), (1, 0.17))));

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ColorMap> All { get; } = [Inferno, Viridis, Plasma, Magma, Turbo, Jet, JetMatplotlib, Hot, HotMatplotlib, Bone, Gray, BlueRed];

    /// <summary>A map by its name, for example <c>viridis</c>.</summary>
    /// <param name="name">The name; upper and lower case are the same.</param>
    /// <exception cref="ArgumentException">There is no such map.</exception>
    public static ColorMap ByName(string name) =>
        All.FirstOrDefault(map => string.Equals(map.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"There is no colour map '{name}'; there are {string.Join(", ", All.Select(map => map.Name))}.", nameof(name));
}
