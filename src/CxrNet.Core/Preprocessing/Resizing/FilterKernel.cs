namespace CxrNet;

/// <summary>The continuous filters that <see cref="ResizeFilter"/> names, as PIL defines them.</summary>
internal static class FilterKernel
{
    /// <summary>Half the width of the filter, in source pixels at scale 1.</summary>
    public static double Support(ResizeFilter filter) => filter switch
    {
        ResizeFilter.Box => 0.5,
        ResizeFilter.Bilinear or ResizeFilter.BilinearNoAntialias => 1,
        ResizeFilter.Bicubic => 2,
        ResizeFilter.Lanczos => 3,
        _ => throw new ArgumentOutOfRangeException(nameof(filter), filter, "No continuous filter of that name."),
    };

    /// <summary>The filter's value at a distance from its centre.</summary>
    public static double Weight(ResizeFilter filter, double x) => filter switch
    {
        ResizeFilter.Box => x is > -0.5 and <= 0.5 ? 1 : 0,
        ResizeFilter.Bicubic => Cubic(Math.Abs(x), -0.5),
        ResizeFilter.Lanczos => x is >= -3 and < 3 ? Sinc(x) * Sinc(x / 3) : 0,
        _ => Math.Max(0, 1 - Math.Abs(x)),
    };

    /// <summary>Keys' cubic: <c>(a+2)x^3 - (a+3)x^2 + 1</c> below 1, <c>a(x^3 - 5x^2 + 8x - 4)</c> below 2.</summary>
    public static double Cubic(double x, double a) => x switch
    {
        < 1 => ((((a + 2) * x) - (a + 3)) * x * x) + 1,
        < 2 => ((((x - 5) * x) + 8) * x - 4) * a,
        _ => 0,
    };

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(x * Math.PI) / (x * Math.PI);
}
