namespace CxrNet.Evaluation;

/// <summary>How alike two maps of one image are: by rank, by value and by structure.</summary>
/// <param name="Spearman">Rank correlation of the signed maps.</param>
/// <param name="SpearmanAbsolute">Rank correlation of the absolute values.</param>
/// <param name="Pearson">Correlation of the values.</param>
/// <param name="SsimUniform">SSIM, 7 x 7 uniform window, maps brought to 0 … 1.</param>
/// <param name="SsimGaussian">SSIM, Gaussian window, maps brought to 0 … 1.</param>
/// <param name="MaxDifference">The largest difference of two values, in the maps' own unit.</param>
public readonly record struct MapComparison(double Spearman, double SpearmanAbsolute, double Pearson, double SsimUniform, double SsimGaussian, double MaxDifference)
{
    /// <summary>Compares two maps.</summary>
    /// <param name="first">width x height values, row-major.</param>
    /// <param name="second">As many values.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    public static MapComparison Of(ReadOnlySpan<float> first, ReadOnlySpan<float> second, int width, int height)
    {
        MapGuard.Check(first, width, height);
        MapGuard.Check(second, width, height);
        return new MapComparison(
            MapCorrelation.Spearman(first, second),
            MapCorrelation.SpearmanAbsolute(first, second),
            MapCorrelation.Pearson(first, second),
            StructuralSimilarity.Of(first, second, width, height),
            StructuralSimilarity.Of(first, second, width, height, SsimWindow.Gaussian),
            LargestDifference(first, second));
    }

    /// <summary>Compares two maps of one grid.</summary>
    /// <param name="first">The map that is compared with.</param>
    /// <param name="second">A map with as many columns and as many rows.</param>
    /// <exception cref="ArgumentException">The grids differ, or a map holds NaN.</exception>
    public static MapComparison Of(Heatmap first, Heatmap second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        CheckGrids(first, second);
        return Of(first.Values, second.Values, first.Width, first.Height);
    }

    internal static double LargestDifference(Heatmap first, Heatmap second)
    {
        CheckGrids(first, second);
        return LargestDifference(first.Values, second.Values);
    }

    private static void CheckGrids(Heatmap first, Heatmap second)
    {
        if (first.Width != second.Width || first.Height != second.Height)
        {
            throw new ArgumentException($"A map of {second.Width} x {second.Height} given, {first.Width} x {first.Height} expected.", nameof(second));
        }
    }

    private static float LargestDifference(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        float largest = 0;
        for (int i = 0; i < first.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(first[i] - second[i]));
        }

        return largest;
    }
}
