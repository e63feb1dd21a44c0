using System.Numerics.Tensors;

namespace CxrNet;

/// <summary>How far two classifiers of the same findings differ: two backends with the same weights, a model and its quantised copy.</summary>
public sealed record ModelParity
{
    /// <summary>Images that were compared.</summary>
    public required int Images { get; init; }

    /// <summary>Greatest absolute difference of a logit.</summary>
    public required float MaxLogitDifference { get; init; }

    /// <summary>Greatest absolute difference of a probability.</summary>
    public required float MaxProbabilityDifference { get; init; }

    /// <summary>Greatest absolute difference of a map value; null where one of the two gives no map.</summary>
    public required float? MaxMapDifference { get; init; }

    /// <summary>Pearson's correlation of all logits; 1 where both are constant and equal, NaN where only one varies.</summary>
    public required double LogitCorrelation { get; init; }

    /// <summary>Images whose finding of the highest probability is another one.</summary>
    public required int TopFlips { get; init; }

    /// <summary>Findings, counted over all images, that are positive with the one and negative with the other.</summary>
    public required int DecisionFlips { get; init; }

    /// <summary>Runs both classifiers over the same images, each in one batch.</summary>
    /// <param name="first">One classifier.</param>
    /// <param name="second">The other; its findings have the same names in the same order.</param>
    /// <param name="images">Grey planes of any size, 1 or more.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <exception cref="ArgumentException">There are no images, or the classifiers score other findings.</exception>
    /// <exception cref="CxrModelException">One of the two failed, or their maps have other sizes.</exception>
    public static ModelParity Compare(ICxrClassifier first, ICxrClassifier second, IReadOnlyList<GrayImage> images, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        ArgumentNullException.ThrowIfNull(images);
        return Compare(first.Classify(images, cancellationToken), second.Classify(images, cancellationToken));
    }

    /// <summary>Compares results that are already there.</summary>
    /// <param name="first">The results of one classifier, 1 or more.</param>
    /// <param name="second">Those of the other, for the same images in the same order.</param>
    /// <exception cref="ArgumentException">The counts or the findings differ.</exception>
    /// <exception cref="CxrModelException">The maps have other sizes.</exception>
    public static ModelParity Compare(IReadOnlyList<CxrPrediction> first, IReadOnlyList<CxrPrediction> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Count == 0 || first.Count != second.Count)
        {
            throw new ArgumentException($"{first.Count} results and {second.Count} results given, as many of both and at least one expected.", nameof(second));
        }

        float logits = 0;
        float probabilities = 0;
        float? maps = null;
        int topFlips = 0;
        int decisionFlips = 0;
        List<float> x = [];
        List<float> y = [];
        for (int i = 0; i < first.Count; i++)
        {
            CxrPrediction a = first[i];
            CxrPrediction b = second[i];
            RequireSameFindings(a, b);
            for (int f = 0; f < a.Findings.Count; f++)
            {
                logits = Worst(logits, a.Logits[f], b.Logits[f]);
                probabilities = Worst(probabilities, a.Findings[f].Probability, b.Findings[f].Probability);
                decisionFlips += a.Findings[f].IsPositive == b.Findings[f].IsPositive ? 0 : 1;
            }

            x.AddRange(a.Logits);
            y.AddRange(b.Logits);
            topFlips += a.Top.Name == b.Top.Name ? 0 : 1;
            if (a.Map is not null && b.Map is not null)
            {
                maps = Math.Max(maps ?? 0, MapDifference(a.Map, b.Map, b.ModelId));
            }
        }

        return new ModelParity
        {
            Images = first.Count,
            MaxLogitDifference = logits,
            MaxProbabilityDifference = probabilities,
            MaxMapDifference = maps,
            LogitCorrelation = Correlation(x, y),
            TopFlips = topFlips,
            DecisionFlips = decisionFlips,
        };
    }

    // Math.Max hands NaN on: a backend that gives NaN must not pass for one that agrees.
    private static float Worst(float worst, float a, float b) => Math.Max(worst, Math.Abs(a - b));

    private static float MapDifference(Heatmap a, Heatmap b, string modelId)
    {
        if (a.Width != b.Width || a.Height != b.Height)
        {
            throw new CxrModelException(modelId, $"'{modelId}' gives maps of {b.Width} x {b.Height}, the other model gives {a.Width} x {a.Height}: they cannot be compared.");
        }

        float worst = 0;
        for (int i = 0; i < a.Values.Length; i++)
        {
            worst = Worst(worst, a.Values[i], b.Values[i]);
        }

        return worst;
    }

    private static void RequireSameFindings(CxrPrediction a, CxrPrediction b)
    {
        if (!a.Findings.Select(static f => f.Name).SequenceEqual(b.Findings.Select(static f => f.Name), StringComparer.Ordinal))
        {
            throw new ArgumentException($"'{a.ModelId}' scores {string.Join(", ", a.Findings.Select(static f => f.Name))}; '{b.ModelId}' scores {string.Join(", ", b.Findings.Select(static f => f.Name))}: the same findings in the same order were expected.");
        }
    }

    /// <summary>r = sum (x - mean x)(y - mean y) / sqrt(sum (x - mean x)^2 * sum (y - mean y)^2).</summary>
    private static double Correlation(List<float> first, List<float> second)
    {
        double[] x = [.. first];
        double[] y = [.. second];
        if (x.SequenceEqual(y))
        {
            return 1;
        }

        TensorPrimitives.Subtract(x, TensorPrimitives.Average<double>(x), x);
        TensorPrimitives.Subtract(y, TensorPrimitives.Average<double>(y), y);
        return TensorPrimitives.Dot<double>(x, y) / Math.Sqrt(TensorPrimitives.SumOfSquares<double>(x) * TensorPrimitives.SumOfSquares<double>(y));
    }
}
