namespace CxrNet.Evaluation;

/// <summary>The score interval of a proportion.</summary>
public static class WilsonInterval
{
    /// <summary>Successes out of trials, with the interval of E. B. Wilson, J. Am. Stat. Assoc. 22 (1927) 209.</summary>
    /// <param name="successes">0 … trials.</param>
    /// <param name="trials">0 or more; without any trial the estimate is NaN and the interval 0 … 1.</param>
    /// <param name="confidence">0.95 by default.</param>
    /// <remarks><c>(p + z²/2n ± z sqrt(p(1-p)/n + z²/4n²)) / (1 + z²/n)</c>, p = successes / n.</remarks>
    public static Interval Of(long successes, long trials, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(trials);
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
        double z = NormalDistribution.CriticalValue(confidence);
        if (trials == 0)
        {
            return new Interval(double.NaN, 0, 1);
        }

        double n = trials;
        double p = successes / n;
        double scale = 1 + (z * z / n);
        double center = (p + (z * z / (2 * n))) / scale;
        double half = z * Math.Sqrt((p * (1 - p) / n) + (z * z / (4 * n * n))) / scale;

        // At 0 and at n the interval ends at 0 and 1 exactly; rounding would miss them by an ulp.
        return new Interval(p, successes == 0 ? 0 : center - half, successes == trials ? 1 : center + half);
    }
}
