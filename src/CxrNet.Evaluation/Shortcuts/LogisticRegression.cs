using System.Numerics.Tensors;

namespace CxrNet.Evaluation;

/// <summary>Multinomial logistic regression: the plain baseline that says what a few numbers give away.</summary>
/// <remarks>Immutable. Features are standardised with the training's mean and deviation; full-batch gradient descent with Nesterov's momentum on the mean log loss, each class weighing the same, with a ridge penalty.</remarks>
public sealed class LogisticRegression
{
    private const int Steps = 1500;
    private const double StepSize = 0.5;
    private const double Ridge = 1e-4;

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
    /// <exception cref="ArgumentException">There is no row, the lengths differ, or a class does not exist.</exception>
    public static LogisticRegression Fit(IReadOnlyList<double[]> rows, IReadOnlyList<int> truth, IReadOnlyList<string> names)
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
        }

        (double[] mean, double[] inverse) = Scale(rows);
        double[][] inputs = [.. rows.Select(row => Prepare(row, mean, inverse))];
        double[] weightOf = ClassWeights(truth, names.Count);
        double[][] weights = [.. names.Select(_ => new double[inputs[0].Length])];
        double[][] previous = [.. weights.Select(static w => (double[])w.Clone())];
        for (int step = 1; step <= Steps; step++)
        {
            double momentum = (step - 1.0) / (step + 2);
            double[][] ahead = [.. weights.Zip(previous, (w, p) => w.Zip(p, (a, b) => a + (momentum * (a - b))).ToArray())];
            double[][] slope = Slope(inputs, truth, ahead, weightOf);
            previous = weights;
            weights = [.. ahead.Zip(slope, static (a, s) => a.Zip(s, static (x, g) => x - (StepSize * g)).ToArray())];
        }

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

    private static double[][] Slope(double[][] inputs, IReadOnlyList<int> truth, double[][] weights, double[] weightOf)
    {
        double[][] slope = [.. weights.Select(static w => w.Select(static x => Ridge * x).ToArray())];
        for (int i = 0; i < inputs.Length; i++)
        {
            double[] scores = Scores(inputs[i], weights);
            TensorPrimitives.SoftMax<double>(scores, scores);
            scores[truth[i]] -= 1;
            for (int c = 0; c < scores.Length; c++)
            {
                TensorPrimitives.MultiplyAdd(inputs[i], scores[c] * weightOf[truth[i]], slope[c], slope[c]);
            }
        }

        return slope;
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
