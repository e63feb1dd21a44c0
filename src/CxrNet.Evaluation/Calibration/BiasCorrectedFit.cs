namespace CxrNet.Evaluation;

/// <summary>A temperature and one bias for each class: bias-corrected temperature scaling, A. Alexandari et al., ICML 2020 (arXiv 1901.06852).</summary>
/// <remarks>A training with weighted or masked images answers some classes too often; the biases take that back, so decisions change, unlike with <see cref="TemperatureFit"/>.</remarks>
/// <param name="Temperature">Logits are divided by it, after the biases were added.</param>
/// <param name="Biases">Added to the logits, in class order; their sum is 0.</param>
/// <param name="LikelihoodBefore">Negative log likelihood of softmax(logits), in nats; with equal classes the mean of the classes' own.</param>
/// <param name="LikelihoodAfter">Negative log likelihood of softmax((logits + biases) / temperature), in nats; with equal classes the mean of the classes' own.</param>
public sealed record BiasCorrectedFit(double Temperature, IReadOnlyList<double> Biases, double LikelihoodBefore, double LikelihoodAfter)
{
    private const int MaxSteps = 5000;
    private const double Converged = 1e-12;

    // Keeps the fit finite where a class is missing or everything is right: a likelihood alone would send it to infinity.
    private const double Ridge = 1e-4;

    /// <summary>The minimiser of the negative log likelihood of softmax((logits + b) / T).</summary>
    /// <param name="logits">One row or more.</param>
    /// <param name="truth">The class of each row.</param>
    /// <param name="equalClasses">Whether each class counts as much as any other, however many rows it has: how frequent the classes are differs from site to site. False by default: as frequent as given.</param>
    /// <exception cref="ArgumentException">There is no row, or the lengths differ.</exception>
    public static BiasCorrectedFit Softmax(ScoreTable logits, IReadOnlyList<int> truth, bool equalClasses = false)
    {
        Labels.Check(logits, truth);
        if (logits.Count == 0)
        {
            throw new ArgumentException("No row given, one or more expected.", nameof(logits));
        }

        // In beta = 1 / T and c = b / T the likelihood is convex: descent with a step that adapts cannot get stuck.
        int classes = logits.Names.Count;
        double[] weights = WeightsOf(truth, classes, equalClasses);
        double[] at = [1, .. new double[classes]];
        double[] slope = new double[classes + 1];
        double value = Evaluate(logits, truth, weights, at, slope);

        // The start is what the penalty draws to, so it costs nothing there.
        double before = value;
        double step = 1;
        for (int i = 0; i < MaxSteps && step > Converged; i++)
        {
            double[] next = [.. at.Zip(slope, (a, s) => a - (step * s))];
            double[] nextSlope = new double[classes + 1];
            double nextValue = Evaluate(logits, truth, weights, next, nextSlope);
            bool better = nextValue < value && next[0] > 0.01;
            (at, slope, value) = better ? (next, nextSlope, nextValue) : (at, slope, value);
            step *= better ? 1.3 : 0.4;
        }

        double[] biases = [.. at.Skip(1).Select(c => c / at[0])];
        double mean = biases.Average();
        return new BiasCorrectedFit(1 / at[0], [.. biases.Select(b => b - mean)], before, value - Penalty(at));
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

    private static double Evaluate(ScoreTable logits, IReadOnlyList<int> truth, double[] weights, double[] at, double[] slope)
    {
        int classes = logits.Names.Count;
        double[] scores = new double[classes];
        double sum = 0;
        for (int row = 0; row < truth.Count; row++)
        {
            ReadOnlySpan<double> given = logits.Row(row);
            for (int k = 0; k < classes; k++)
            {
                scores[k] = (at[0] * given[k]) + at[k + 1];
            }

            double max = scores.Max();
            double partition = scores.Sum(s => Math.Exp(s - max));
            double weight = weights[truth[row]];
            sum += weight * (Math.Log(partition) + max - scores[truth[row]]);
            for (int k = 0; k < classes; k++)
            {
                double error = (Math.Exp(scores[k] - max) / partition) - (k == truth[row] ? 1 : 0);
                slope[0] += weight * error * given[k];
                slope[k + 1] += weight * error;
            }
        }

        for (int k = 0; k <= classes; k++)
        {
            slope[k] += 2 * Ridge * From(at, k);
        }

        return sum + Penalty(at);
    }

    private static double Penalty(double[] at) => Ridge * at.Select((_, k) => From(at, k) * From(at, k)).Sum();

    // How far from a temperature of 1 and from no bias.
    private static double From(double[] at, int k) => at[k] - (k == 0 ? 1 : 0);
}
