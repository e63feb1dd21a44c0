namespace CxrNet;

/// <summary>A threshold that was chosen on data, and what it gave there.</summary>
/// <param name="Rule">How it was chosen, for example <c>Youden</c> or <c>95 % sensitivity</c>.</param>
/// <param name="Threshold">From this probability on the finding counts as positive.</param>
/// <param name="Sensitivity">The share of positives found on that data.</param>
/// <param name="Specificity">The share of negatives left alone on that data.</param>
/// <param name="Provenance">The data: its name, its size, the temperature.</param>
public sealed record CardOperatingPoint(string Rule, float Threshold, double Sensitivity, double Specificity, string Provenance);
