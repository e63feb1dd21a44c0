namespace CxrNet.WebViewer.Tests.Page;

/// <summary>What is drawn on the stage.</summary>
/// <param name="Rgba">Four bytes a pixel.</param>
public sealed record StagePixels(byte[] Rgba)
{
    // The contour's colour, #8ff0ff, laid over the picture.
    private const int ContourRed = 0x8f, ContourGreen = 0xf0, ContourBlue = 0xff;

    /// <summary>Mean distance between the greatest and the least of red, green and blue: 0 for a plain radiograph.</summary>
    public double Colourfulness => Mean(static (r, g, b) => Math.Max(r, Math.Max(g, b)) - Math.Min(r, Math.Min(g, b)));

    /// <summary>Mean of red, green and blue over the pixels that are drawn.</summary>
    public double Brightness => Mean(static (r, g, b) => (r + g + b) / 3.0);

    /// <summary>How many pixels have the contour's colour.</summary>
    public int ContourPixels => Count(static (r, g, b) => Math.Abs(r - ContourRed) < 24 && Math.Abs(g - ContourGreen) < 24 && Math.Abs(b - ContourBlue) < 24);

    /// <summary>How many pixels are drawn at all.</summary>
    public int Drawn => Count(static (_, _, _) => true);

    /// <summary>The share of pixels that differ from another picture's.</summary>
    public double DifferenceFrom(StagePixels other)
    {
        int different = 0;
        for (int i = 0; i < Rgba.Length; i += 4)
        {
            different += i >= other.Rgba.Length || !Rgba.AsSpan(i, 4).SequenceEqual(other.Rgba.AsSpan(i, 4)) ? 1 : 0;
        }

        return different / (Rgba.Length / 4.0);
    }

    private double Mean(Func<int, int, int, double> of)
    {
        double sum = 0;
        Count((r, g, b) => (sum += of(r, g, b)) >= 0);
        return sum / Math.Max(1, Drawn);
    }

    private int Count(Func<int, int, int, bool> of)
    {
        int count = 0;
        for (int i = 0; i < Rgba.Length; i += 4)
        {
            count += Rgba[i + 3] > 0 && of(Rgba[i], Rgba[i + 1], Rgba[i + 2]) ? 1 : 0;
        }

        return count;
    }
}
