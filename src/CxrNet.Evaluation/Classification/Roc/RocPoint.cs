namespace CxrNet.Evaluation;

/// <summary>One point of a ROC curve: a case is positive where its score is the threshold or more.</summary>
/// <param name="Threshold">A score that occurs; positive infinity for the curve's first point.</param>
/// <param name="FalsePositiveRate">1 - specificity.</param>
/// <param name="TruePositiveRate">Sensitivity.</param>
public readonly record struct RocPoint(double Threshold, double FalsePositiveRate, double TruePositiveRate);
