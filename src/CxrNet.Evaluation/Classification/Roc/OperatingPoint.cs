namespace CxrNet.Evaluation;

/// <summary>A threshold and what it gives: a case is positive where its score is the threshold or more.</summary>
/// <param name="Threshold">A score that occurs, or any other number.</param>
/// <param name="Sensitivity">The share of positives found; NaN without a positive.</param>
/// <param name="Specificity">The share of negatives left alone; NaN without a negative.</param>
public readonly record struct OperatingPoint(double Threshold, double Sensitivity, double Specificity)
{
    /// <summary>Sensitivity + specificity - 1: W. J. Youden, Cancer 3 (1950) 32.</summary>
    public double YoudenIndex => Sensitivity + Specificity - 1;

    /// <summary>The highest threshold of the largest Youden index.</summary>
    /// <param name="scores">The higher, the more positive.</param>
    /// <param name="positive">The truth, in the same order.</param>
    /// <returns>Null without a positive or a negative.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or a score is NaN.</exception>
    public static OperatingPoint? Youden(ReadOnlySpan<double> scores, ReadOnlySpan<bool> positive)
    {
        RocCurve curve = RocCurve.From(scores, positive);
        if (double.IsNaN(curve.Area))
        {
            return null;
        }

        // Counted in whole cases, times both numbers: rates that are equal would differ in their last bit. The curve's first point (nothing is positive) has index 0 and no usable threshold.
        return At(curve.Points.Skip(1).MaxBy(p => (Cases(p.TruePositiveRate, curve.Positives) * curve.Negatives) - (Cases(p.FalsePositiveRate, curve.Negatives) * curve.Positives)));

        static Int128 Cases(double rate, long of) => (Int128)Math.Round(rate * of);
    }

    /// <summary>The highest threshold whose sensitivity is at least the one that is asked for.</summary>
    /// <param name="scores">The higher, the more positive.</param>
    /// <param name="positive">The truth, in the same order.</param>
    /// <param name="sensitivity">Above 0, up to 1; 0.95 by default.</param>
    /// <returns>Null without a positive or a negative.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or a score is NaN.</exception>
    public static OperatingPoint? AtSensitivity(ReadOnlySpan<double> scores, ReadOnlySpan<bool> positive, double sensitivity = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sensitivity);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sensitivity, 1);
        RocCurve curve = RocCurve.From(scores, positive);
        return double.IsNaN(curve.Area) ? null : At(curve.Points.First(p => p.TruePositiveRate >= sensitivity));
    }

    /// <summary>What a given threshold gives.</summary>
    /// <param name="scores">The higher, the more positive.</param>
    /// <param name="positive">The truth, in the same order.</param>
    /// <param name="threshold">From this score on a case counts as positive.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a score is NaN.</exception>
    public static OperatingPoint AtThreshold(ReadOnlySpan<double> scores, ReadOnlySpan<bool> positive, double threshold)
    {
        Guard.SameLength(scores.Length, positive.Length, nameof(positive));
        Guard.NoNaN(scores, nameof(scores));
        int positives = 0;
        int found = 0;
        int alarms = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            bool called = scores[i] >= threshold;
            positives += positive[i] ? 1 : 0;
            found += called && positive[i] ? 1 : 0;
            alarms += called && !positive[i] ? 1 : 0;
        }

        int negatives = scores.Length - positives;
        return new OperatingPoint(threshold, Ratio.OrNaN(found, positives), Ratio.OrNaN(negatives - alarms, negatives));
    }

    private static OperatingPoint At(RocPoint point) => new(point.Threshold, point.TruePositiveRate, 1 - point.FalsePositiveRate);
}
