using CxrNet.Evaluation;

namespace CxrNet.Cli;

/// <summary>Names in labels that a model has no finding for: a word that was misspelt would make its images negatives without a sound.</summary>
internal static class UnknownLabels
{
    private const int MostNamed = 8;

    /// <summary>Says them on stderr, if there are any; refuses labels of which none is known.</summary>
    /// <param name="truth">What the labels name.</param>
    /// <param name="names">The findings that have a score.</param>
    /// <param name="card">Of the model.</param>
    /// <param name="none">How the error begins: where the labels are from, and that none names a finding of.</param>
    /// <param name="error">For the remark.</param>
    /// <exception cref="InvalidDataException">No label names a finding: nothing can be measured.</exception>
    public static void Check(MultiLabelTruth truth, IReadOnlyList<string> names, CxrModelCard card, string none, TextWriter error)
    {
        if (!truth.HasPositive)
        {
            throw new InvalidDataException($"{none} '{card.Id}' ({string.Join(", ", names)}){(truth.Unknown.Count > 0 ? $"; there are {Listed(truth)}" : "")}. Several findings of an image stand with '|' between them.");
        }

        if (truth.Unknown.Count > 0)
        {
            QuietError.Remark(error, $"labels that '{card.Id}' has no finding for: {Listed(truth)}. Their images count as without the findings that they do not name.");
        }
    }

    private static string Listed(MultiLabelTruth truth)
    {
        IEnumerable<string> named = truth.Unknown.OrderByDescending(static u => u.Value).Take(MostNamed).Select(static u => $"{u.Key} ({u.Value})");
        return string.Join(", ", named) + (truth.Unknown.Count > MostNamed ? $" and {truth.Unknown.Count - MostNamed} others" : "");
    }
}
