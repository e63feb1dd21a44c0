using System.Numerics.Tensors;

namespace CxrNet;

/// <summary>How far two halves of a measurement agree.</summary>
internal static class SplitHalf
{
    /// <summary><c>2 r / (1 + r)</c>, r the correlation of the halves; 0 where that is not above 0, or one half alone is flat.</summary>
    /// <remarks>W. Brown, Br. J. Psychol. 3 (1910) 296; C. Spearman, ibid. 271. The halves hold as many masks each, up to one.</remarks>
    public static double Reliability(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        double r = Correlation(first, second);
        return r > 0 ? 2 * r / (1 + r) : 0;
    }

    private static double Correlation(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        double n = first.Length;
        double meanFirst = TensorPrimitives.Sum(first) / n, meanSecond = TensorPrimitives.Sum(second) / n;
        double both = 0, squareFirst = 0, squareSecond = 0;
        for (int i = 0; i < first.Length; i++)
        {
            double a = first[i] - meanFirst, b = second[i] - meanSecond;
            both += a * b;
            squareFirst += a * a;
            squareSecond += b * b;
        }

        // Two flat halves agree: a score that no mask changes has nothing more to tell.
        return squareFirst == 0 && squareSecond == 0 ? 1 : both / Math.Sqrt(squareFirst * squareSecond);
    }
}
