namespace CxrNet.WebViewer.Api;

/// <summary>One finding.</summary>
/// <param name="Name">As the model's card has it, for example covid19.</param>
/// <param name="Probability">0 … 1; over all findings they sum to 1.</param>
/// <param name="Threshold">The operating point in use.</param>
/// <param name="ReachesThreshold">Whether the probability is at the operating point or above.</param>
internal sealed record FindingAnswer(string Name, float Probability, float Threshold, bool ReachesThreshold);
