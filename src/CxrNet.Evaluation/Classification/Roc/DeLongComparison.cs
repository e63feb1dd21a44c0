namespace CxrNet.Evaluation;

/// <summary>Two readers of the same cases.</summary>
/// <param name="First">The first reader's area.</param>
/// <param name="Second">The second reader's area.</param>
/// <param name="Covariance">Of the two areas.</param>
/// <param name="Z">Difference / its standard error; 0 where both are 0, NaN where undefined.</param>
/// <param name="PValue">Two-sided.</param>
public readonly record struct DeLongComparison(double First, double Second, double Covariance, double Z, double PValue);
