namespace CxrNet.Evaluation;

/// <summary>How many cases reach a score.</summary>
internal readonly record struct RankedStep(double Score, long Positives, long Negatives);
