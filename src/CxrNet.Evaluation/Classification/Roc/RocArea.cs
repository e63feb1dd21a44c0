namespace CxrNet.Evaluation;

/// <summary>The area below the ROC curve, without the curve.</summary>
public static class RocArea
{
    /// <summary>The chance that a positive outranks a negative, ties counted 1/2 (the Mann-Whitney statistic).</summary>
    /// <param name="scores">The higher, the more positive.</param>
    /// <param name="positive">The truth, in the same order.</param>
    /// <returns>0 … 1; NaN without a positive or a negative.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or a score is NaN.</exception>
    public static double Of(ReadOnlySpan<double> scores, ReadOnlySpan<bool> positive) => Of(Ranking.Descend(scores, positive));

    /// <summary>The unweighted mean over the classes of each against the rest; classes without a case, or with nothing else, are left out.</summary>
    /// <param name="scores">Probabilities or logits.</param>
    /// <param name="truth">The class of each row.</param>
    /// <returns>NaN where no class can be ranked.</returns>
    public static double MacroOneVersusRest(ScoreTable scores, IReadOnlyList<int> truth) =>
        RocCurve.OneVersusRest(scores, truth).Select(c => c.Area).Where(a => !double.IsNaN(a)).DefaultIfEmpty(double.NaN).Average();

    /// <summary>The unweighted mean over all ordered pairs of classes, each ranked among the cases of the pair alone; pairs without cases of both are left out.</summary>
    /// <remarks>D. J. Hand, R. J. Till, Machine Learning 45 (2001) 171.</remarks>
    /// <param name="scores">Probabilities or logits.</param>
    /// <param name="truth">The class of each row.</param>
    /// <returns>NaN where no pair can be ranked.</returns>
    public static double MacroOneVersusOne(ScoreTable scores, IReadOnlyList<int> truth)
    {
        Labels.Check(scores, truth);
        List<double> areas = [];
        for (int a = 0; a < scores.Names.Count; a++)
        {
            double[] column = scores.Column(a);
            for (int b = 0; b < scores.Names.Count; b++)
            {
                int[] rows = [.. Enumerable.Range(0, truth.Count).Where(i => a != b && (truth[i] == a || truth[i] == b))];
                areas.Add(Of([.. rows.Select(i => column[i])], [.. rows.Select(i => truth[i] == a)]));
            }
        }

        return areas.Where(a => !double.IsNaN(a)).DefaultIfEmpty(double.NaN).Average();
    }

    internal static double Of(List<RankedStep> steps)
    {
        double area = 0;
        RankedStep before = default;
        foreach (RankedStep step in steps)
        {
            area += (step.Negatives - before.Negatives) * (step.Positives + before.Positives) / 2.0;
            before = step;
        }

        return Ratio.OrNaN(area, (double)before.Positives * before.Negatives);
    }
}
