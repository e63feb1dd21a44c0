using System.Numerics.Tensors;

namespace CxrNet.Evaluation;

/// <summary>A temperature and one bias for each class: bias-corrected temperature scaling, A. Alexandari et al., ICML 2020 (arXiv 1901.06852).</summary>
/// <remarks>A training with weighted or masked images answers some classes too often; the biases take that back, so decisions change, unlike with <see cref="TemperatureFit"/>.</remarks>
/// <param name="Temperature">Logits are divided by it, after the biases were added.</param>
/// <param name="Biases">Added to the logits, in class order; their sum is 0.</param>
/// <param name="LikelihoodBefore">Negative log likelihood of softmax(logits), in nats; with equal classes the mean of the classes' own.</param>
/// <param name="LikelihoodAfter">Negative log likelihood of softmax((logits + biases) / temperature), in nats; with equal classes the mean of the classes' own.</param>
public sealed record BiasCorrectedFit(double Temperature, IReadOnlyList<double> Biases, double LikelihoodBefore, double LikelihoodAfter)
{
    private const int MaxSteps = 100;

    // Of the Newton decrement, twice what a step still promises: below the first the quadratic model is exact to rounding and needs no damping, below the second the gradient is rounding.
    private const double Undamped = 1e-10;
    private const double Converged = 1e-22;

    // Keeps the biases finite where a class is missing: a likelihood alone would send them to infinity. They count after the division by T, so the logits' scale does not matter.
    private const double BiasRidge = 1e-4;

    // Keeps the temperature finite where everything is right; far smaller, for it must not be seen where the scores do say how sure to be.
    private const double ScaleRidge = 1e-8;

    // The least 1 / T, times the logits' deviation: of scores that say the opposite the likeliest T is infinite.
    private const double LeastScale = 0.01;

    /// <summary>The minimiser of the negative log likelihood of softmax((logits + b) / T).</summary>
    /// <param name="logits">One row or more.</param>
    /// <param name="truth">The class of each row.</param>
    /// <param name="equalClasses">Whether each class counts as much as any other, however many rows it has: how frequent the classes are differs from site to site. False by default: as frequent as given.</param>
    /// <remarks>
    /// Damped Newton steps in <c>s = deviation / T</c> and <c>c = b / T</c>, in which the likelihood is convex; deviation is that of the logits around their row's mean, 1 where they are all equal.
    /// A ridge of <c>1e-8 (s - 1)² + 1e-4 Σ c²</c> keeps both finite. Logits times k give T and biases times k, whatever k is. T is at most a hundred deviations.
    /// </remarks>
    /// <exception cref="ArgumentException">There is no row, the lengths differ, or a logit is no finite number.</exception>
    public static BiasCorrectedFit Softmax(ScoreTable logits, IReadOnlyList<int> truth, bool equalClasses = false) => Softmax(logits, truth, equalClasses, CancellationToken.None);

    /// <summary>The minimiser of the negative log likelihood of softmax((logits + b) / T), until it is called off.</summary>
    /// <param name="logits">One row or more.</param>
    /// <param name="truth">The class of each row.</param>
    /// <param name="equalClasses">Whether each class counts as much as any other.</param>
    /// <param name="cancellationToken">Looked at before each step.</param>
    /// <exception cref="ArgumentException">There is no row, the lengths differ, or a logit is no finite number.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal static BiasCorrectedFit Softmax(ScoreTable logits, IReadOnlyList<int> truth, bool equalClasses, CancellationToken cancellationToken)
    {
        Labels.Check(logits, truth);
        if (logits.Count == 0)
        {
            throw new ArgumentException("0 rows given, 1 or more expected.", nameof(logits));
        }

        double[][] centred = Centred(logits);
        double deviation = Deviation(centred);
        BiasLikelihood likelihood = new([.. centred.Select(row => Array.ConvertAll(row, v => v / deviation))], truth, WeightsOf(truth, logits.Names.Count, equalClasses));
        double[] start = [1, .. new double[logits.Names.Count]];
        double[] at = Minimise(likelihood, start, isScaleFixed: false, cancellationToken);
        if (at[0] < LeastScale)
        {
            // Convex, so the least value on this side of the limit lies on it.
            at = Minimise(likelihood, [LeastScale, .. start[1..]], isScaleFixed: true, cancellationToken);
        }

        double[] biases = [.. at.Skip(1).Select(c => c / at[0] * deviation)];
        double mean = biases.Average();
        return new BiasCorrectedFit(deviation / at[0], [.. biases.Select(b => b - mean)], likelihood.At([deviation, .. start[1..]]), likelihood.At(at));
    }

    private static double[] Minimise(BiasLikelihood likelihood, double[] start, bool isScaleFixed, CancellationToken cancellationToken)
    {
        double[] at = start;
        for (int i = 0; i < MaxSteps; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (double[] slope, double[][] curvature) = likelihood.Derivatives(at);
            for (int k = 0; k < at.Length; k++)
            {
                slope[k] += 2 * Ridge(k) * From(at, k);
                curvature[k][k] += 2 * Ridge(k);
            }

            if (isScaleFixed)
            {
                slope[0] = 0;
                curvature[0] = [1, .. new double[at.Length - 1]];
                for (int k = 1; k < at.Length; k++)
                {
                    curvature[k][0] = 0;
                }
            }

            double[] step = Cholesky.Solve(curvature, slope);
            double decrement = step.Zip(slope, static (d, g) => d * g).Sum();
            if (decrement <= Converged)
            {
                break;
            }

            at = decrement <= Undamped ? Along(at, step, 1) : Damped(likelihood, at, step, decrement);
        }

        return at;
    }

    // Half as far until the value falls by a tenth of what the slope promises; the step is downhill, so some length does.
    private static double[] Damped(BiasLikelihood likelihood, double[] at, double[] step, double decrement)
    {
        double value = likelihood.At(at) + Penalty(at);
        double length = 1;
        double[] next = Along(at, step, length);
        while (likelihood.At(next) + Penalty(next) > value - (0.1 * length * decrement) && length > 1e-9)
        {
            length /= 2;
            next = Along(at, step, length);
        }

        return next;
    }

    private static double[] Along(double[] at, double[] step, double length) => [.. at.Zip(step, (a, d) => a - (length * d))];

    private static double[][] Centred(ScoreTable logits)
    {
        double[][] rows = [.. Enumerable.Range(0, logits.Count).Select(i => logits.Row(i).ToArray())];
        foreach ((int i, double[] row) in rows.Index())
        {
            if (!row.All(double.IsFinite))
            {
                throw new ArgumentException($"Row {i} has the logit {row.First(static v => !double.IsFinite(v))}, a finite number expected.", nameof(logits));
            }

            // A row's constant changes no softmax.
            double mean = row.Average();
            TensorPrimitives.Subtract(row, mean, row);
        }

        return rows;
    }

    private static double Deviation(double[][] centred)
    {
        // By the greatest, or the squares of tiny logits would be 0 and those of huge ones infinite.
        double greatest = centred.Max(static row => Math.Abs(TensorPrimitives.MaxMagnitude<double>(row)));
        return greatest == 0 ? 1 : greatest * Math.Sqrt(centred.Average(row => row.Average(v => v / greatest * (v / greatest))));
    }

    /// <summary>What a row of each class counts; the sum over all rows is 1.</summary>
    private static double[] WeightsOf(IReadOnlyList<int> truth, int classes, bool equal)
    {
        int[] counts = new int[classes];
        foreach (int label in truth)
        {
            counts[label]++;
        }

        int present = counts.Count(static n => n > 0);
        return Array.ConvertAll(counts, n => !equal ? 1.0 / truth.Count : n == 0 ? 0 : 1.0 / ((double)n * present));
    }

    private static double Penalty(double[] at) => at.Select((_, k) => Ridge(k) * From(at, k) * From(at, k)).Sum();

    private static double Ridge(int k) => k == 0 ? ScaleRidge : BiasRidge;

    // How far from a temperature of one deviation and from no bias.
    private static double From(double[] at, int k) => at[k] - (k == 0 ? 1 : 0);
}
