namespace CxrNet.Evaluation;

/// <summary>One point of a precision-recall curve: a case is positive where its score is the threshold or more.</summary>
/// <param name="Threshold">A score that occurs.</param>
/// <param name="Recall">The share of positives found.</param>
/// <param name="Precision">The share of true ones among those found.</param>
public readonly record struct PrecisionRecallPoint(double Threshold, double Recall, double Precision);
