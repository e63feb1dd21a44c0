namespace CxrNet;

/// <summary>What a self-test found.</summary>
/// <param name="ModelId">The card's id.</param>
/// <param name="Problems">One sentence each; empty where all is well.</param>
/// <param name="Elapsed">How long the classifier took for two images.</param>
public sealed record SelfTestResult(string ModelId, IReadOnlyList<string> Problems, TimeSpan Elapsed)
{
    /// <summary>Whether there was no problem.</summary>
    public bool HasPassed => Problems.Count == 0;
}
