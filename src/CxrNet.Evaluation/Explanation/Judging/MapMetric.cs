namespace CxrNet.Evaluation;

/// <summary>A figure of a map.</summary>
/// <param name="Name">As tables and files have it.</param>
/// <param name="Better">1 where higher is better, -1 where lower is, 0 where neither is.</param>
/// <param name="Description">What it says, in a sentence.</param>
public sealed record MapMetric(string Name, int Better, string Description);
