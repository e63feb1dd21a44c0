namespace CxrNet.Evaluation;

/// <summary>A few numbers that say nothing of a lung but may say where an image comes from: brightness, contrast, sharpness, borders.</summary>
/// <remarks>The image is brought to 128 x 128 first, so that its size is no cue; its lungs are left out of every number where a mask is given. Where nothing of a border strip or corner is left, its numbers are those of all that is left.</remarks>
public static class SourceCues
{
    private const int Side = 128;
    private const int Border = 8;

    /// <summary>What the numbers are, in order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "mean", "deviation", "percentile 1", "percentile 10", "percentile 50", "percentile 90", "percentile 99", "share black", "share white",
        "gradient across", "gradient down", "Laplacian",
        "border top mean", "border top deviation", "border bottom mean", "border bottom deviation", "border left mean", "border left deviation", "border right mean", "border right deviation",
        "corner top left", "corner top right", "corner bottom left", "corner bottom right",
    ];

    /// <summary>Measures an image.</summary>
    /// <param name="image">Of any size.</param>
    /// <param name="lungs">Of the image's size; its pixels are left out. Null for the whole image.</param>
    /// <returns>One number for each of <see cref="Names"/>.</returns>
    /// <exception cref="ArgumentException">The mask has another size than the image.</exception>
    public static double[] Of(GrayImage image, LungMask? lungs = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (lungs is not null && (lungs.Width, lungs.Height) != (image.Width, image.Height))
        {
            throw new ArgumentException($"A lung mask of {lungs.Width} x {lungs.Height} given, the image is {image.Width} x {image.Height}.", nameof(lungs));
        }

        float[] pixels = new float[Side * Side];
        Resizer.Resize(image.Pixels, image.Width, image.Height, pixels, Side, Side, ResizeFilter.Bilinear);
        bool[] seen = Outside(lungs);
        float[] sorted = [.. pixels.Where((_, i) => seen[i]).Order()];
        if (sorted.Length == 0)
        {
            (seen, sorted) = (Outside(null), [.. pixels.Order()]);
        }

        (double across, double down, double laplacian) = Edges(pixels, seen);
        double Percentile(double share) => sorted[(int)(share * (sorted.Length - 1))];
        List<double> cues =
        [
            Mean(sorted), Deviation(sorted), Percentile(0.01), Percentile(0.1), Percentile(0.5), Percentile(0.9), Percentile(0.99),
            sorted.Count(static p => p < 0.02f) / (double)sorted.Length, sorted.Count(static p => p > 0.98f) / (double)sorted.Length,
            across, down, laplacian,
        ];
        foreach ((int left, int top, int width, int height) in (ReadOnlySpan<(int, int, int, int)>)[(0, 0, Side, Border), (0, Side - Border, Side, Border), (0, 0, Border, Side), (Side - Border, 0, Border, Side)])
        {
            float[] strip = Cut(left, top, width, height);
            cues.Add(Mean(strip));
            cues.Add(Deviation(strip));
        }

        foreach ((int left, int top) in (ReadOnlySpan<(int, int)>)[(0, 0), (Side - (2 * Border), 0), (0, Side - (2 * Border)), (Side - (2 * Border), Side - (2 * Border))])
        {
            cues.Add(Mean(Cut(left, top, 2 * Border, 2 * Border)));
        }

        return [.. cues];

        float[] Cut(int left, int top, int width, int height) =>
            Enumerable.Range(0, width * height).Select(i => ((top + (i / width)) * Side) + left + (i % width)).Where(i => seen[i]).Select(i => pixels[i]).ToArray() is { Length: > 0 } part ? part : sorted;
    }

    private static bool[] Outside(LungMask? lungs)
    {
        bool[] outside = new bool[Side * Side];
        for (int i = 0; i < outside.Length; i++)
        {
            outside[i] = lungs is null || !lungs[(int)(((i % Side) + 0.5) * lungs.Width / Side), (int)(((i / Side) + 0.5) * lungs.Height / Side)];
        }

        return outside;
    }

    private static (double Across, double Down, double Laplacian) Edges(float[] pixels, bool[] seen)
    {
        double across = 0, down = 0, laplacian = 0;
        int count = 0;
        for (int y = 1; y < Side - 1; y++)
        {
            for (int x = 1; x < Side - 1; x++)
            {
                int i = (y * Side) + x;
                if (seen[i] && seen[i - 1] && seen[i + 1] && seen[i - Side] && seen[i + Side])
                {
                    across += Math.Abs(pixels[i + 1] - pixels[i - 1]);
                    down += Math.Abs(pixels[i + Side] - pixels[i - Side]);
                    laplacian += Math.Abs((4 * pixels[i]) - pixels[i - 1] - pixels[i + 1] - pixels[i - Side] - pixels[i + Side]);
                    count++;
                }
            }
        }

        return (Ratio.OrZero(across, count), Ratio.OrZero(down, count), Ratio.OrZero(laplacian, count));
    }

    private static double Mean(float[] values) => values.Average(static v => (double)v);

    private static double Deviation(float[] values)
    {
        double mean = Mean(values);
        return Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
    }
}
