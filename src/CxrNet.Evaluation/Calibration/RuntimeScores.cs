namespace CxrNet.Evaluation;

/// <summary>The probabilities that a backend reads off the same logits, in floats, and lines drawn such that the case which sets a line stays on its side of it there.</summary>
/// <remarks>
/// A line is found in double precision, where cases do not tie. In floats a logit of 30 moves by 1e-6 and <c>1 - p</c> comes in steps of the last bit of p, however small it is:
/// rounding the line by its own last bit would not keep the case that set it.
/// </remarks>
internal static class RuntimeScores
{
    // Four steps of a p just below 1: on a machine with vectors of another width a softmax is summed in another order.
    private const double Spread = 1.0 / (1 << 22);

    /// <summary>What <see cref="FindingScores.Compute"/> makes of each row.</summary>
    /// <param name="logits">Before temperature.</param>
    /// <param name="activation">The card's.</param>
    /// <param name="temperature">The card's, above 0.</param>
    /// <returns>[column][row].</returns>
    public static float[][] Of(ScoreTable logits, FindingActivation activation, float temperature)
    {
        float[][] columns = [.. logits.Names.Select(_ => new float[logits.Count])];
        float[] row = new float[columns.Length];
        for (int i = 0; i < logits.Count; i++)
        {
            ReadOnlySpan<double> given = logits.Row(i);
            for (int c = 0; c < row.Length; c++)
            {
                row[c] = (float)given[c];
            }

            FindingScores.Compute(row, activation, temperature, row);
            for (int c = 0; c < row.Length; c++)
            {
                columns[c][i] = row[c];
            }
        }

        return columns;
    }

    /// <summary>The highest threshold in float that every positive case reaches which reaches the one given in double.</summary>
    /// <param name="threshold">One of the scores.</param>
    /// <param name="scores">One finding's, in double.</param>
    /// <param name="runtime">The same in float.</param>
    /// <param name="positive">The truth, in the same order.</param>
    public static float Threshold(double threshold, double[] scores, float[] runtime, bool[] positive)
    {
        float line = (float)threshold > threshold ? MathF.BitDecrement((float)threshold) : (float)threshold;
        for (int i = 0; i < scores.Length; i++)
        {
            line = positive[i] && scores[i] >= threshold ? Math.Min(line, runtime[i]) : line;
        }

        return line;
    }

    /// <summary>A quantile of <see cref="ConformalSets"/> in float: at least as many cases as its rank have their truth in the set.</summary>
    /// <param name="quantile">In double.</param>
    /// <param name="runtime">[class][row], in float.</param>
    /// <param name="truth">The class of each row.</param>
    /// <param name="alpha">The share of sets that may miss the truth.</param>
    /// <returns>Up to 1, which excludes nothing.</returns>
    public static float Quantile(double quantile, float[][] runtime, IReadOnlyList<int> truth, double alpha)
    {
        double there = ConformalSets.Quantile([.. truth.Select((t, i) => (double)(1 - runtime[t][i]))], alpha);
        return (float)Math.Min(1, Math.Max(quantile, there) + Spread);
    }
}
