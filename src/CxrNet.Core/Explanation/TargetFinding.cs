namespace CxrNet;

/// <summary>Which output of a model a target means, checked at the door.</summary>
public static class TargetFinding
{
    /// <summary>The index of a named target among the card's findings; null where the top finding of each image is meant.</summary>
    /// <param name="card">The model's card.</param>
    /// <param name="target">Which finding to explain.</param>
    /// <exception cref="ArgumentException">The card has no trained finding of that name.</exception>
    public static int? IndexOf(CxrModelCard card, ExplanationTarget target)
    {
        ArgumentNullException.ThrowIfNull(card);
        if (target.Finding is null)
        {
            return null;
        }

        for (int i = 0; i < card.Findings.Count; i++)
        {
            if (card.Findings[i].IsTrained && card.Findings[i].Name == target.Finding)
            {
                return i;
            }
        }

        throw new ArgumentException($"'{card.Id}' has no finding '{target.Finding}'; it has {string.Join(", ", card.Findings.Where(f => f.IsTrained).Select(f => f.Name))}.", nameof(target));
    }

    /// <summary>The index of the trained finding with the highest logit; the first of equals.</summary>
    /// <param name="card">The model's card.</param>
    /// <param name="logits">One logit for each finding of the card.</param>
    public static int TopOf(CxrModelCard card, ReadOnlySpan<float> logits)
    {
        ArgumentNullException.ThrowIfNull(card);
        int top = -1;
        for (int i = 0; i < card.Findings.Count; i++)
        {
            if (card.Findings[i].IsTrained && (top < 0 || logits[i] > logits[top]))
            {
                top = i;
            }
        }

        return top;
    }
}
