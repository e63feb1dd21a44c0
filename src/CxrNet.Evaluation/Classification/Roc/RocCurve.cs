namespace CxrNet.Evaluation;

/// <summary>Sensitivity against false alarms over all thresholds.</summary>
/// <remarks>Immutable. Where one of the two classes has no case its rate is NaN at every point, and so is the area.</remarks>
public sealed record RocCurve
{
    /// <summary>From (0, 0) to (1, 1), one point for each distinct score.</summary>
    public required IReadOnlyList<RocPoint> Points { get; init; }

    /// <summary>The area below: the chance that a positive outranks a negative, ties counted 1/2. NaN without a positive or a negative.</summary>
    /// <remarks>J. A. Hanley, B. J. McNeil, Radiology 143 (1982) 29.</remarks>
    public required double Area { get; init; }

    /// <summary>How many cases are positive.</summary>
    public required long Positives { get; init; }

    /// <summary>How many cases are negative.</summary>
    public required long Negatives { get; init; }

    /// <summary>Draws the curve.</summary>
    /// <param name="scores">The higher, the more positive.</param>
    /// <param name="positive">The truth, in the same order.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a score is NaN.</exception>
    public static RocCurve From(ReadOnlySpan<double> scores, ReadOnlySpan<bool> positive)
    {
        List<RankedStep> steps = Ranking.Descend(scores, positive);
        (long positives, long negatives) = steps.Count == 0 ? (0, 0) : (steps[^1].Positives, steps[^1].Negatives);
        List<RocPoint> points = [new(double.PositiveInfinity, Ratio.OrNaN(0, negatives), Ratio.OrNaN(0, positives))];
        points.AddRange(steps.Select(s => new RocPoint(s.Score, Ratio.OrNaN(s.Negatives, negatives), Ratio.OrNaN(s.Positives, positives))));
        return new RocCurve { Points = points, Area = RocArea.Of(steps), Positives = positives, Negatives = negatives };
    }

    /// <summary>One curve per class, each against all others.</summary>
    /// <param name="scores">Probabilities or logits.</param>
    /// <param name="truth">The class of each row.</param>
    public static IReadOnlyList<RocCurve> OneVersusRest(ScoreTable scores, IReadOnlyList<int> truth)
    {
        Labels.Check(scores, truth);
        return [.. Enumerable.Range(0, scores.Names.Count).Select(c => From(scores.Column(c), Labels.OneVersusRest(truth, c)))];
    }
}
