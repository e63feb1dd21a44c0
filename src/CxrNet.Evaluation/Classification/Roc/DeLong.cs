namespace CxrNet.Evaluation;

/// <summary>Variance of ROC areas, without assuming a distribution.</summary>
/// <remarks>
/// E. R. DeLong, D. M. DeLong, D. L. Clarke-Pearson, Biometrics 44 (1988) 837, by the mid-ranks of X. Sun, W. Xu, IEEE Signal Process. Lett. 21 (2014) 1389:
/// the structural components are V10_i = (rank among all - rank among the positives) / negatives, V01_j alike;
/// <c>cov = S10 / positives + S01 / negatives</c>, S with the divisor n - 1.
/// </remarks>
public static class DeLong
{
    /// <summary>The area with its variance and interval.</summary>
    /// <param name="scores">The higher, the more positive.</param>
    /// <param name="positive">The truth, in the same order.</param>
    /// <param name="confidence">0.95 by default.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a score is NaN.</exception>
    public static DeLongEstimate Of(ReadOnlySpan<double> scores, ReadOnlySpan<bool> positive, double confidence = 0.95)
    {
        double half = NormalDistribution.CriticalValue(confidence);
        StructuralComponents parts = StructuralComponents.From(scores, positive);
        double variance = parts.Covariance(parts);
        half *= Math.Sqrt(variance);
        return new DeLongEstimate(parts.Area, variance, new Interval(parts.Area, parts.Area - half, parts.Area + half));
    }

    /// <summary>The interval to state: normal on the logit of the area, so that it ends within 0 … 1 and lies where the area's distribution does.</summary>
    /// <remarks><c>logit(A) ± z sqrt(variance) / (A (1 - A))</c>, turned back; M. S. Pepe, The Statistical Evaluation of Medical Tests for Classification and Prediction (2003), chapter 5.</remarks>
    /// <param name="estimate">An area and its variance.</param>
    /// <param name="confidence">0.95 by default.</param>
    /// <returns>NaN for the ends where the area is 0 or 1, or its variance 0 or unknown: the cases then say nothing of how far it may vary.</returns>
    public static Interval LogitInterval(DeLongEstimate estimate, double confidence = 0.95)
    {
        double area = estimate.Area, half = NormalDistribution.CriticalValue(confidence) * Math.Sqrt(estimate.Variance) / (area * (1 - area));
        if (!(area > 0 && area < 1 && half > 0))
        {
            return new Interval(area, double.NaN, double.NaN);
        }

        double center = Math.Log(area / (1 - area));
        static double Share(double logit) => 1 / (1 + Math.Exp(-logit));
        return new Interval(area, Share(center - half), Share(center + half));
    }

    /// <summary>Tests whether two readers of the same cases differ.</summary>
    /// <param name="first">Scores of the first reader.</param>
    /// <param name="second">Scores of the second reader.</param>
    /// <param name="positive">The truth, in the same order.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a score is NaN.</exception>
    public static DeLongComparison Compare(ReadOnlySpan<double> first, ReadOnlySpan<double> second, ReadOnlySpan<bool> positive)
    {
        StructuralComponents one = StructuralComponents.From(first, positive);
        StructuralComponents two = StructuralComponents.From(second, positive);
        double covariance = one.Covariance(two);
        double variance = one.Covariance(one) + two.Covariance(two) - (2 * covariance);
        double difference = one.Area - two.Area;

        // Equal rankings: the variance is zero up to rounding, and so is the difference.
        double z = difference == 0 && !double.IsNaN(variance) ? 0 : difference / Math.Sqrt(Math.Max(0, variance));
        return new DeLongComparison(one.Area, two.Area, covariance, z, double.IsNaN(z) ? double.NaN : NormalDistribution.TwoSided(z));
    }
}
