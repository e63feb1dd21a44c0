using System.Numerics.Tensors;

namespace CxrNet.Evaluation;

/// <summary>How alike two maps are, whatever their scale. NaN where one of them is constant.</summary>
public static class MapCorrelation
{
    /// <summary>Pearson's correlation.</summary>
    /// <param name="first">Any values.</param>
    /// <param name="second">As many values.</param>
    public static double Pearson(ReadOnlySpan<float> first, ReadOnlySpan<float> second) => Pearson(Widen(first), Widen(second));

    /// <summary>Spearman's rank correlation: Pearson's of the ranks, equal values sharing their mean rank.</summary>
    /// <param name="first">Any values.</param>
    /// <param name="second">As many values.</param>
    public static double Spearman(ReadOnlySpan<float> first, ReadOnlySpan<float> second) =>
        Pearson(Ranking.AverageRanks(Widen(first)), Ranking.AverageRanks(Widen(second)));

    /// <summary>Spearman's rank correlation of the absolute values.</summary>
    /// <param name="first">Any values.</param>
    /// <param name="second">As many values.</param>
    public static double SpearmanAbsolute(ReadOnlySpan<float> first, ReadOnlySpan<float> second) =>
        Pearson(Ranking.AverageRanks(Array.ConvertAll(Widen(first), Math.Abs)), Ranking.AverageRanks(Array.ConvertAll(Widen(second), Math.Abs)));

    private static double Pearson(double[] first, double[] second)
    {
        Guard.SameLength(first.Length, second.Length, nameof(second));
        TensorPrimitives.Subtract(first, first.DefaultIfEmpty().Average(), first);
        TensorPrimitives.Subtract(second, second.DefaultIfEmpty().Average(), second);
        double spread = Math.Sqrt(TensorPrimitives.SumOfSquares<double>(first) * TensorPrimitives.SumOfSquares<double>(second));
        return Ratio.OrNaN(TensorPrimitives.Dot<double>(first, second), spread);
    }

    private static double[] Widen(ReadOnlySpan<float> values)
    {
        Guard.NoNaN(values, nameof(values));
        double[] wide = new double[values.Length];
        TensorPrimitives.ConvertChecked(values, wide.AsSpan());
        return wide;
    }
}
