namespace CxrNet;

/// <summary>The cards of an ensemble's members as one card, or the reason why they are no ensemble.</summary>
internal static class EnsembleCard
{
    private const string NotFitted = "mean of the members' thresholds; not fitted to the ensemble";

    /// <exception cref="CxrModelException">The members do not agree; the message names both sides.</exception>
    public static CxrModelCard Combine(IReadOnlyList<CxrModelCard> cards, EnsembleRule rule)
    {
        CxrModelCard first = cards[0];
        foreach (CxrModelCard other in cards)
        {
            RequireAgreement(first, other);
        }

        CxrModelCard guarded = cards.FirstOrDefault(static c => c.Guard is not null) ?? first;
        return first with
        {
            Id = EnsembleMembers.Name(rule, cards),
            Description = Joined(cards, static c => c.Description, " "),
            Findings = [.. first.Findings.Where(static f => f.IsTrained).Select(f => Combine(f.Name, cards, rule))],
            Temperature = cards.All(c => c.Temperature.Equals(first.Temperature)) ? first.Temperature : 1,
            Abstain = null,
            Guard = guarded.Guard,
            Outputs = guarded.Outputs with { Map = cards.Select(static c => c.Outputs.Map).FirstOrDefault(static m => m is not null), Features = null },
            IntendedUse = Joined(cards, static c => c.IntendedUse, " "),
            Limitations = [.. cards.SelectMany(static c => c.Limitations).Distinct(StringComparer.Ordinal)],
            MinAgeYears = cards.Max(static c => c.MinAgeYears),
            MaxAgeYears = cards.Min(static c => c.MaxAgeYears),
            Guesses = [.. cards.SelectMany(static c => c.Guesses).Distinct(StringComparer.Ordinal)],
            TrainingData = [.. cards.SelectMany(static c => c.TrainingData).Distinct()],
            Metrics = new SortedDictionary<string, double>(StringComparer.Ordinal),
            License = Joined(cards, static c => c.License, " AND "),
            WeightsSha256 = "",
            Network = null,
        };
    }

    private static CardFinding Combine(string name, IReadOnlyList<CxrModelCard> cards, EnsembleRule rule)
    {
        CardFinding[] same = [.. cards.Select(c => c.Findings.First(f => f.Name == name))];
        if (rule == EnsembleRule.Vote)
        {
            return new CardFinding(name) { ThresholdProvenance = "half of the votes" };
        }

        bool plain = same.All(static f => f.ThresholdProvenance.Length == 0);
        return new CardFinding(name, (float)same.Average(static f => (double)f.Threshold)) { ThresholdProvenance = plain ? "" : NotFitted };
    }

    private static void RequireAgreement(CxrModelCard first, CxrModelCard other)
    {
        string expected = Names(first), found = Names(other);
        if (found != expected)
        {
            throw new CxrModelException(other.Id, $"'{other.Id}' scores {found}; '{first.Id}' scores {expected}: the members of an ensemble must score the same findings.");
        }

        if (other.Activation != first.Activation)
        {
            throw new CxrModelException(other.Id, $"'{other.Id}' is a {other.Activation} model, '{first.Id}' a {first.Activation} model: the members of an ensemble must agree on whether findings exclude each other.");
        }

        if (other.Input.Lungs != first.Input.Lungs)
        {
            throw new CxrModelException(other.Id, $"'{other.Id}' asks for LungHandling.{other.Input.Lungs}, '{first.Id}' for LungHandling.{first.Input.Lungs}: put WithLungHandling around each member before the ensemble.");
        }
    }

    private static string Names(CxrModelCard card) => string.Join(", ", card.Findings.Where(static f => f.IsTrained).Select(static f => f.Name).Order(StringComparer.Ordinal));

    private static string Joined(IReadOnlyList<CxrModelCard> cards, Func<CxrModelCard, string> text, string between) =>
        string.Join(between, cards.Select(text).Where(static t => t.Length > 0).Distinct(StringComparer.Ordinal));
}
