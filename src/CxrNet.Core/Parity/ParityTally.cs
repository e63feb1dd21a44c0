using System.Numerics.Tensors;

namespace CxrNet;

/// <summary>Adds up how far two classifiers differ, batch by batch, so that the maps of a large set need not be held.</summary>
/// <remarks>Not safe for concurrent use. It holds the logits of all images and nothing else of them.</remarks>
public sealed class ParityTally
{
    private readonly List<float> _first = [];
    private readonly List<float> _second = [];
    private string _firstModel = "";
    private string _secondModel = "";
    private int _images;
    private int _worstImage;
    private float _logits;
    private float _probabilities;
    private float? _maps;
    private int _missingMaps;
    private int _topFlips;
    private int _decisionFlips;

    /// <summary>Adds the results of a batch.</summary>
    /// <param name="first">The results of one classifier.</param>
    /// <param name="second">Those of the other, for the same images in the same order.</param>
    /// <exception cref="ArgumentException">The counts or the findings differ.</exception>
    /// <exception cref="CxrModelException">The maps have other sizes.</exception>
    public void Add(IReadOnlyList<CxrPrediction> first, IReadOnlyList<CxrPrediction> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Count != second.Count)
        {
            throw new ArgumentException($"{first.Count} results and {second.Count} results given, as many of both expected.", nameof(second));
        }

        for (int i = 0; i < first.Count; i++)
        {
            Add(first[i], second[i]);
            _images++;
        }
    }

    /// <summary>What was added so far.</summary>
    /// <exception cref="ArgumentException">Nothing was.</exception>
    public ModelParity ToParity() => _images == 0
        ? throw new ArgumentException("No results were given, at least one of each classifier was expected.")
        : new ModelParity
        {
            FirstModel = _firstModel,
            SecondModel = _secondModel,
            Images = _images,
            MaxLogitDifference = _logits,
            WorstImage = _worstImage,
            MaxProbabilityDifference = _probabilities,
            MaxMapDifference = _maps,
            MissingMaps = _missingMaps,
            LogitCorrelation = Correlation(_first, _second),
            TopFlips = _topFlips,
            DecisionFlips = _decisionFlips,
            Decisions = _first.Count,
        };

    private void Add(CxrPrediction a, CxrPrediction b)
    {
        (_firstModel, _secondModel) = (a.ModelId, b.ModelId);
        if (a.IsWithheld || b.IsWithheld)
        {
            _topFlips += a.IsWithheld == b.IsWithheld ? 0 : 1;
            return;
        }

        RequireSameFindings(a, b);
        for (int f = 0; f < a.Findings.Count; f++)
        {
            float difference = Math.Abs(a.Logits[f] - b.Logits[f]);
            if (!(difference <= _logits))
            {
                _worstImage = float.IsNaN(_logits) ? _worstImage : _images;
            }

            _logits = Worst(_logits, difference);
            _probabilities = Worst(_probabilities, Math.Abs(a.Findings[f].Probability - b.Findings[f].Probability));
            _decisionFlips += a.Findings[f].IsPositive == b.Findings[f].IsPositive ? 0 : 1;
        }

        _first.AddRange(a.Logits);
        _second.AddRange(b.Logits);
        _topFlips += a.Top.Name == b.Top.Name ? 0 : 1;
        _missingMaps += a.Map is null == b.Map is null ? 0 : 1;
        if (a.Map is not null && b.Map is not null)
        {
            _maps = Worst(_maps ?? 0, MapDifference(a.Map, b.Map, b.ModelId));
        }
    }

    // Math.Max hands NaN on: a backend that gives NaN must not pass for one that agrees.
    private static float Worst(float worst, float difference) => Math.Max(worst, difference);

    private static float MapDifference(Heatmap a, Heatmap b, string modelId)
    {
        if (a.Width != b.Width || a.Height != b.Height)
        {
            throw new CxrModelException(modelId, $"'{modelId}' gives maps of {b.Width} x {b.Height}, the other model gives {a.Width} x {a.Height}: they cannot be compared.");
        }

        float worst = 0;
        for (int i = 0; i < a.Values.Length; i++)
        {
            worst = Worst(worst, Math.Abs(a.Values[i] - b.Values[i]));
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
