using CxrNet.Evaluation;

namespace CxrNet.Cli;

/// <summary>Names in labels that a model has no finding for: a word that was misspelt would make its images negatives without a sound.</summary>
internal static class UnknownLabels
{
    private const int MostNamed = 8;

    /// <summary>The most frequent ones with their counts.</summary>
    public static string Listed(MultiLabelTruth truth)
    {
        IEnumerable<string> named = truth.Unknown.OrderByDescending(static u => u.Value).Take(MostNamed).Select(static u => $"{u.Key} ({u.Value})");
        return string.Join(", ", named) + (truth.Unknown.Count > MostNamed ? $" and {truth.Unknown.Count - MostNamed} others" : "");
    }

    /// <summary>Says them on stderr, if there are any.</summary>
    public static void Remark(MultiLabelTruth truth, CxrModelCard card, TextWriter error)
    {
        if (truth.Unknown.Count > 0)
        {
            QuietError.Remark(error, $"labels that '{card.Id}' has no finding for: {Listed(truth)}. Their images count as without the findings that they do not name.");
        }
    }
}
