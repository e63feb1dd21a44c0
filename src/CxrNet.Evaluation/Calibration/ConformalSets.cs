namespace CxrNet.Evaluation;

/// <summary>Prediction sets that hold the truth with a stated chance: split-conformal prediction.</summary>
/// <remarks>
/// Score of a case: 1 - probability of its true class. The set of a new case is every class whose score is at most the quantile of rank <c>ceil((n + 1)(1 - alpha))</c>.
/// Then truth is in the set with a chance of at least 1 - alpha, if new cases are exchangeable with those it was calibrated on: another hospital's are not.
/// V. Vovk et al., Algorithmic Learning in a Random World (2005); M. Sadinle et al., J. Am. Stat. Assoc. 114 (2019) 223; A. N. Angelopoulos, S. Bates, arXiv 2107.07511.
/// </remarks>
public sealed record ConformalSets
{
    // (99 + 1)(1 - 0.1) must be rank 90, whatever the last bit says.
    private const double Rounding = 1e-9;

    private ConformalSets(double alpha, IReadOnlyList<double> quantiles, int count) => (Alpha, Quantiles, Count) = (alpha, quantiles, count);

    /// <summary>The share of sets that may miss the truth.</summary>
    public double Alpha { get; }

    /// <summary>For each class the largest score that is still in the set; positive infinity where there were too few cases to exclude anything.</summary>
    public IReadOnlyList<double> Quantiles { get; }

    /// <summary>How many cases it was calibrated on.</summary>
    public int Count { get; }

    /// <summary>The least number of cases that can exclude a class: with fewer, ceil((n + 1)(1 - alpha)) is no rank among them and every set holds everything.</summary>
    /// <param name="alpha">Above 0, below 1.</param>
    public static int LeastCases(double alpha)
    {
        Guard.Share(alpha, nameof(alpha));
        return (int)Math.Ceiling((1 / alpha) - 1 - Rounding);
    }

    /// <summary>Calibrates on held-out cases.</summary>
    /// <param name="probabilities">Of cases that neither training nor any fit after it has seen: where temperature or class biases were fitted on them, truth is missed a little more often than is promised.</param>
    /// <param name="truth">The class of each row.</param>
    /// <param name="alpha">Above 0, below 1; 0.1 by default.</param>
    /// <param name="perClass">Whether each class gets its own quantile, so that the promise holds for each class and not only on average (Mondrian); needs some 1 / alpha cases of each.</param>
    public static ConformalSets Calibrate(ScoreTable probabilities, IReadOnlyList<int> truth, double alpha = 0.1, bool perClass = false)
    {
        Labels.Check(probabilities, truth);
        Guard.Share(alpha, nameof(alpha));
        double[] quantiles = new double[probabilities.Names.Count];
        for (int c = 0; c < quantiles.Length; c++)
        {
            quantiles[c] = Quantile([.. Enumerable.Range(0, truth.Count).Where(i => !perClass || truth[i] == c).Select(i => 1 - probabilities.Row(i)[truth[i]])], alpha);
        }

        return new ConformalSets(alpha, quantiles, truth.Count);
    }

    /// <summary>The classes that cannot be excluded for a case.</summary>
    /// <param name="probabilities">One per class.</param>
    /// <returns>Indices in ascending order; may be empty. Abstain unless there is exactly one.</returns>
    public IReadOnlyList<int> SetOf(ReadOnlySpan<double> probabilities)
    {
        Guard.SameLength(Quantiles.Count, probabilities.Length, nameof(probabilities));
        List<int> set = [];
        for (int c = 0; c < probabilities.Length; c++)
        {
            if (1 - probabilities[c] <= Quantiles[c])
            {
                set.Add(c);
            }
        }

        return set;
    }

    /// <summary>Whether the set of a case has one class exactly, so that a decision may be stated.</summary>
    /// <param name="probabilities">One per class.</param>
    public bool IsDecided(ReadOnlySpan<double> probabilities) => SetOf(probabilities).Count == 1;

    internal static double Quantile(double[] scores, double alpha)
    {
        Array.Sort(scores);

        int rank = (int)Math.Ceiling(((scores.Length + 1) * (1 - alpha)) - Rounding);
        return rank > scores.Length ? double.PositiveInfinity : scores[Math.Max(0, rank - 1)];
    }
}
