namespace CxrNet;

/// <summary>When a softmax model should say that it does not know: split-conformal prediction.</summary>
/// <param name="Alpha">The share of prediction sets that may miss the truth, on data like that of the calibration.</param>
/// <param name="Quantile">A finding belongs to the set where 1 - its probability is at most this; 1 excludes nothing.</param>
/// <param name="Provenance">The data that it was calibrated on.</param>
public sealed record CardAbstain(double Alpha, float Quantile, string Provenance);
