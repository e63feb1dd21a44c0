using System.Numerics.Tensors;

namespace CxrNet.Evaluation;

/// <summary>Multinomial logistic regression: the plain baseline that says what a few numbers give away.</summary>
/// <remarks>
/// Immutable. Features are standardised with the training's mean and deviation; full-batch gradient descent on the mean log loss, each class weighing the same, with a ridge penalty.
/// Nesterov's momentum with steps of <c>1 / L</c>, <c>L = lambda / 2 + ridge</c>, lambda the greatest eigenvalue of the weighted mean of <c>x xᵀ</c>: the curvature of a softmax is at most 1/2 (D. Böhning, Ann. Inst. Stat. Math. 44 (1992) 197). The momentum starts anew where it points uphill (B. O'Donoghue, E. Candès, Found. Comput. Math. 15 (2015) 715).
/// Ends where no number of the gradient is above 1e-6, or after 20 000 steps.
/// </remarks>
public sealed class LogisticRegression
{
    private const int MaxSteps = 20_000;
    private const double Converged = 1e-6;
    private const double Ridge = 1e-4;
    private const int PowerIterations = 50;

    // Power iteration approaches the greatest eigenvalue from below; a step that is a little short costs little, one that is too long diverges.
    private const double Margin = 1.05;

    private readonly double[] _mean;
    private readonly double[] _inverse;
    private readonly double[][] _weights;

    private LogisticRegression(IReadOnlyList<string> names, double[] mean, double[] inverse, double[][] weights) =>
        (Names, _mean, _inverse, _weights) = (names, mean, inverse, weights);

    /// <summary>The classes.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Learns.</summary>
    /// <param name="rows">Features, all rows of one length.</param>
    /// <param name="truth">The class of each row.</param>
    /// <param name="names">The classes.</param>
    /// <exception cref="ArgumentException">There is no row, the lengths differ, a class does not exist, or a feature is NaN.</exception>
    public static LogisticRegression Fit(IReadOnlyList<double[]> rows, IReadOnlyList<int> truth, IReadOnlyList<string> names) => Fit(rows, truth, names, CancellationToken.None);

    /// <summary>Learns, until it is called off.</summary>
    /// <param name="rows">Features, all rows of one length.</param>
    /// <param name="truth">The class of each row.</param>
    /// <param name="names">The classes.</param>
    /// <param name="cancellationToken">Looked at before each step.</param>
    /// <exception cref="ArgumentException">There is no row, the lengths differ, a class does not exist, or a feature is NaN.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal static LogisticRegression Fit(IReadOnlyList<double[]> rows, IReadOnlyList<int> truth, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(names);
        ArgumentOutOfRangeException.ThrowIfZero(rows.Count, nameof(rows));
        Guard.SameLength(rows.Count, truth.Count, nameof(truth));
        for (int i = 0; i < truth.Count; i++)
        {
            Guard.ClassIndex(truth[i], names.Count, i, nameof(truth));
            Guard.SameLength(rows[0].Length, rows[i].Length, nameof(rows));
            Guard.NoNaN(rows[i], nameof(rows));
        }

        (double[] mean, double[] inverse) = Scale(rows);
        double[][] inputs = [.. rows.Select(row => Prepare(row, mean, inverse))];
        double[][] weights = Descend(inputs, truth, ClassWeights(truth, names.Count), cancellationToken);
        return new LogisticRegression([.. names], mean, inverse, weights);
    }

    /// <summary>The logits of rows.</summary>
    /// <param name="rows">Features as in the training, one row or more.</param>
    public ScoreTable Logits(IReadOnlyList<double[]> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new ScoreTable(Names, [.. rows.SelectMany(row => Scores(Prepare(row, _mean, _inverse), _weights))]);
    }

    private static double[] Scores(double[] input, double[][] weights) => [.. weights.Select(w => TensorPrimitives.Dot<double>(input, w))];

    private static double[][] Descend(double[][] inputs, IReadOnlyList<int> truth, double[] weightOf, CancellationToken cancellationToken)
    {
        double step = 1 / ((Margin * GreatestEigenvalue(inputs, truth, weightOf) / 2) + Ridge);
        double[][] weights = [.. weightOf.Select(_ => new double[inputs[0].Length])];
        double[][] ahead = Copy(weights);
        double[][] slope = Copy(weights);
        double[][] next = Copy(weights);
        int pace = 0;
        for (int i = 0; i < MaxSteps; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Slope(inputs, truth, ahead, weightOf, slope);
            if (slope.All(static s => Math.Abs(TensorPrimitives.MaxMagnitude<double>(s)) <= Converged))
            {
                // The slope is that of where the momentum looks ahead to.
                return ahead;
            }

            double uphill = 0;
            for (int c = 0; c < weights.Length; c++)
            {
                TensorPrimitives.MultiplyAdd(slope[c], -step, ahead[c], next[c]);
                uphill += TensorPrimitives.Dot<double>(slope[c], next[c]) - TensorPrimitives.Dot<double>(slope[c], weights[c]);
            }

            pace = uphill > 0 ? 0 : pace + 1;
            double momentum = pace / (pace + 3.0);
            for (int c = 0; c < weights.Length; c++)
            {
                TensorPrimitives.Subtract(next[c], weights[c], ahead[c]);
                TensorPrimitives.MultiplyAdd(ahead[c], momentum, next[c], ahead[c]);
            }

            (weights, next) = (next, weights);
        }

        return weights;
    }

    private static double[][] Copy(double[][] weights) => [.. weights.Select(static w => w.ToArray())];

    // The weights of all rows sum to 1, so the weighted sum of x xᵀ is its mean.
    private static double GreatestEigenvalue(double[][] inputs, IReadOnlyList<int> truth, double[] weightOf)
    {
        SplitMix64 random = new(1);
        double[] along = [.. inputs[0].Select(_ => random.NextDouble() - 0.5)];
        double[] product = new double[along.Length];
        double eigenvalue = 0;
        for (int iteration = 0; iteration < PowerIterations; iteration++)
        {
            TensorPrimitives.Divide(along, TensorPrimitives.Norm<double>(along), along);
            Array.Clear(product);
            for (int i = 0; i < inputs.Length; i++)
            {
                TensorPrimitives.MultiplyAdd(inputs[i], weightOf[truth[i]] * TensorPrimitives.Dot<double>(inputs[i], along), product, product);
            }

            eigenvalue = TensorPrimitives.Norm<double>(product);
            (along, product) = (product, along);
        }

        return eigenvalue;
    }

    private static void Slope(double[][] inputs, IReadOnlyList<int> truth, double[][] weights, double[] weightOf, double[][] slope)
    {
        double[] scores = new double[weights.Length];
        for (int c = 0; c < scores.Length; c++)
        {
            TensorPrimitives.Multiply(weights[c], Ridge, slope[c]);
        }

        for (int i = 0; i < inputs.Length; i++)
        {
            for (int c = 0; c < scores.Length; c++)
            {
                scores[c] = TensorPrimitives.Dot<double>(inputs[i], weights[c]);
            }

            // TensorPrimitives' softmax overflows from 710 on.
            TensorPrimitives.Subtract(scores, TensorPrimitives.Max<double>(scores), scores);
            TensorPrimitives.SoftMax<double>(scores, scores);
            scores[truth[i]] -= 1;
            for (int c = 0; c < scores.Length; c++)
            {
                TensorPrimitives.MultiplyAdd(inputs[i], scores[c] * weightOf[truth[i]], slope[c], slope[c]);
            }
        }
    }

    private static double[] ClassWeights(IReadOnlyList<int> truth, int classes)
    {
        int[] counts = [.. Enumerable.Range(0, classes).Select(c => truth.Count(t => t == c))];
        int present = counts.Count(static c => c > 0);
        return [.. counts.Select(c => c == 0 ? 0 : 1.0 / (present * c))];
    }

    private static (double[] Mean, double[] Inverse) Scale(IReadOnlyList<double[]> rows)
    {
        double[] mean = [.. Enumerable.Range(0, rows[0].Length).Select(c => rows.Average(r => r[c]))];
        double[] inverse = [.. mean.Select((m, c) => 1 / Math.Max(Math.Sqrt(rows.Average(r => (r[c] - m) * (r[c] - m))), 1e-9))];
        return (mean, inverse);
    }

    // The last number is the intercept's.
    private static double[] Prepare(double[] row, double[] mean, double[] inverse) => [.. row.Select((v, c) => Math.Clamp((v - mean[c]) * inverse[c], -8, 8)), 1];
}
