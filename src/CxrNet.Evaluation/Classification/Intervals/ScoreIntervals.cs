namespace CxrNet.Evaluation;

/// <summary>Figures of a ranking with the intervals to state: over patients where some have several cases.</summary>
internal static class ScoreIntervals
{
    private const double DefaultConfidence = 0.95;

    /// <summary>The area below the ROC curve: from a bootstrap over patients where some have several cases, DeLong's interval on the logit otherwise. The ends are NaN where no sample differs from another.</summary>
    public static Interval RocArea(double[] scores, bool[] positive, BootstrapOptions? options, CancellationToken cancellationToken = default)
    {
        double confidence = options?.Confidence ?? DefaultConfidence;
        if (!PatientRatio.Applies(options))
        {
            return DeLong.LogitInterval(DeLong.Of(scores, positive, confidence), confidence);
        }

        RankedSample sample = new(scores, positive);
        return Told(BootstrapInterval.Of(scores.Length, sample.RocArea, options, cancellationToken));
    }

    /// <summary>Average precision with its bootstrap interval; the ends are NaN where no sample differs from another.</summary>
    public static Interval AveragePrecision(double[] scores, bool[] positive, BootstrapOptions? options, CancellationToken cancellationToken = default)
    {
        if (!positive.Contains(true))
        {
            return new Interval(double.NaN, double.NaN, double.NaN);
        }

        RankedSample sample = new(scores, positive);
        return Told(BootstrapInterval.Of(scores.Length, sample.AveragePrecision, options, cancellationToken));
    }

    /// <summary>Samples that are all the same say nothing of what was not seen: an interval of no width would claim certainty.</summary>
    public static Interval Told(Interval interval) => interval.Low == interval.High ? new Interval(interval.Estimate, double.NaN, double.NaN) : interval;
}
