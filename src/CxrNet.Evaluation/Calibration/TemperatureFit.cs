namespace CxrNet.Evaluation;

/// <summary>The one number that makes confidences honest without changing any decision: C. Guo et al., ICML 2017 (arXiv 1706.04599).</summary>
/// <param name="Temperature">Logits are divided by it.</param>
/// <param name="LikelihoodBefore">Negative log likelihood at temperature 1.</param>
/// <param name="LikelihoodAfter">Negative log likelihood at the fitted temperature.</param>
/// <param name="IsAtBound">Whether the search ended at an end of its range: the cases are all right (or the scores say nothing), and no temperature can be told from them.</param>
public sealed record TemperatureFit(double Temperature, double LikelihoodBefore, double LikelihoodAfter, bool IsAtBound)
{
    /// <summary>The range that is searched.</summary>
    public const double Min = 0.02;

    /// <summary>The range that is searched.</summary>
    public const double Max = 50;

    /// <summary>The minimiser of the negative log likelihood of softmax(logits / T).</summary>
    /// <param name="logits">One row or more.</param>
    /// <param name="truth">The class of each row.</param>
    /// <exception cref="ArgumentException">There is no row, or the lengths differ.</exception>
    public static TemperatureFit Softmax(ScoreTable logits, IReadOnlyList<int> truth)
    {
        Labels.Check(logits, truth);
        return Search(logits, t => NegativeLogLikelihood.Softmax(logits, truth, t), beta => SoftmaxSlope(logits, truth, beta));
    }

    /// <summary>The minimiser of the negative log likelihood of sigmoid(logits / T).</summary>
    /// <param name="logits">One row or more.</param>
    /// <param name="labels">For each row one value per column.</param>
    /// <exception cref="ArgumentException">There is no row, their number differs, or a row has not one label per column.</exception>
    public static TemperatureFit Sigmoid(ScoreTable logits, IReadOnlyList<IReadOnlyList<bool>> labels)
    {
        ArgumentNullException.ThrowIfNull(logits);
        Guard.LabelRows(logits, labels, nameof(labels));
        return Search(logits, t => NegativeLogLikelihood.Sigmoid(logits, labels, t), beta => SigmoidSlope(logits, labels, beta));
    }

    private static TemperatureFit Search(ScoreTable logits, Func<double, double> likelihood, Func<double, double> slope)
    {
        if (logits.Count == 0)
        {
            throw new ArgumentException("0 rows given, 1 or more expected.", nameof(logits));
        }

        // Convex in beta = 1 / T, so its slope grows and bisection cannot miss; the likelihood itself is too flat to compare at 1e-8.
        double low = 1 / Max;
        double high = 1 / Min;
        bool atBound = slope(low) >= 0 || slope(high) <= 0;
        for (int i = 0; i < 80; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = slope(middle) < 0 ? (middle, high) : (low, middle);
        }

        double temperature = 2 / (low + high);
        return new TemperatureFit(temperature, likelihood(1), likelihood(temperature), atBound);
    }

    private static double SoftmaxSlope(ScoreTable logits, IReadOnlyList<int> truth, double beta)
    {
        ScoreTable probabilities = logits.Softmax(1 / beta);
        double sum = 0;
        for (int i = 0; i < truth.Count; i++)
        {
            sum += System.Numerics.Tensors.TensorPrimitives.Dot(probabilities.Row(i), logits.Row(i)) - logits.Row(i)[truth[i]];
        }

        return sum;
    }

    private static double SigmoidSlope(ScoreTable logits, IReadOnlyList<IReadOnlyList<bool>> labels, double beta)
    {
        ScoreTable probabilities = logits.Sigmoid(1 / beta);
        double sum = 0;
        for (int i = 0; i < labels.Count; i++)
        {
            ReadOnlySpan<double> row = logits.Row(i);
            for (int c = 0; c < row.Length; c++)
            {
                sum += (probabilities.Row(i)[c] - (labels[i][c] ? 1 : 0)) * row[c];
            }
        }

        return sum;
    }
}
