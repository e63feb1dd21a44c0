namespace CxrNet.Evaluation;

/// <summary>An area below a ROC curve with its variance.</summary>
/// <param name="Area">Ties counted 1/2.</param>
/// <param name="Variance">NaN with fewer than two positives or two negatives.</param>
/// <param name="Interval">Normal interval; not clipped to 0 … 1, and of no width where every pair is ranked right. <see cref="DeLong.LogitInterval"/> is the one to state.</param>
public readonly record struct DeLongEstimate(double Area, double Variance, Interval Interval);
