namespace CxrNet.Evaluation;

/// <summary>Precision against recall over all thresholds.</summary>
/// <remarks>Immutable. Without a positive the recall is NaN at every point, and so is the average precision.</remarks>
public sealed record PrecisionRecallCurve
{
    /// <summary>In descending order of the threshold, one point for each distinct score.</summary>
    public required IReadOnlyList<PrecisionRecallPoint> Points { get; init; }

    /// <summary><c>sum (R_n - R_(n-1)) P_n</c> over the points; not interpolated, which would flatter. NaN without a positive.</summary>
    /// <remarks>T. Saito, M. Rehmsmeier, PLoS ONE 10 (2015) e0118432; the sum as in scikit-learn.</remarks>
    public required double AveragePrecision { get; init; }

    /// <summary>The share of positives: what a classifier that knows nothing reaches.</summary>
    public required double BaseRate { get; init; }

    /// <summary>Draws the curve.</summary>
    /// <param name="scores">The higher, the more positive.</param>
    /// <param name="positive">The truth, in the same order.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a score is NaN.</exception>
    public static PrecisionRecallCurve From(ReadOnlySpan<double> scores, ReadOnlySpan<bool> positive)
    {
        List<RankedStep> steps = Ranking.Descend(scores, positive);
        long positives = steps.Count == 0 ? 0 : steps[^1].Positives;
        PrecisionRecallPoint[] points = new PrecisionRecallPoint[steps.Count];
        double average = positives == 0 ? double.NaN : 0;
        double before = 0;
        for (int i = 0; i < points.Length; i++)
        {
            double recall = Ratio.OrNaN(steps[i].Positives, positives);
            double precision = (double)steps[i].Positives / (steps[i].Positives + steps[i].Negatives);
            average += (recall - before) * precision;
            before = recall;
            points[i] = new PrecisionRecallPoint(steps[i].Score, recall, precision);
        }

        return new PrecisionRecallCurve { Points = points, AveragePrecision = average, BaseRate = Ratio.OrNaN(positives, scores.Length) };
    }

    /// <summary>One curve per class, each against all others.</summary>
    /// <param name="scores">Probabilities or logits.</param>
    /// <param name="truth">The class of each row.</param>
    public static IReadOnlyList<PrecisionRecallCurve> OneVersusRest(ScoreTable scores, IReadOnlyList<int> truth)
    {
        Labels.Check(scores, truth);
        return [.. Enumerable.Range(0, scores.Names.Count).Select(c => From(scores.Column(c), Labels.OneVersusRest(truth, c)))];
    }
}
