namespace CxrNet.WebViewer.Api;

/// <summary>What the model's card says that a reader of its results should know.</summary>
/// <param name="Id">The card's id.</param>
/// <param name="Description">In a sentence.</param>
/// <param name="IntendedUse">What for, and what not for.</param>
/// <param name="Limitations">Known weaknesses.</param>
/// <param name="License">Of the weights.</param>
/// <param name="Findings">In card order.</param>
internal sealed record ModelFacts(string Id, string Description, string IntendedUse, IReadOnlyList<string> Limitations, string License, IReadOnlyList<FindingFacts> Findings)
{
    public static ModelFacts From(CxrModelCard card) =>
        new(card.Id, card.Description, card.IntendedUse, card.Limitations, card.License, [.. card.Findings.Where(static f => f.IsTrained).Select(FindingFacts.From)]);
}

/// <summary>A finding and its operating points.</summary>
/// <param name="Name">As answers have it.</param>
/// <param name="OperatingPoints">The one in use first.</param>
internal sealed record FindingFacts(string Name, IReadOnlyList<OperatingPointFacts> OperatingPoints)
{
    public static FindingFacts From(CardFinding finding) => new(finding.Name,
    [
        new OperatingPointFacts("in use", finding.Threshold, null, null, finding.ThresholdProvenance),
        .. finding.OperatingPoints.Select(static p => new OperatingPointFacts(p.Rule, p.Threshold, p.Sensitivity, p.Specificity, p.Provenance)),
    ]);
}

/// <summary>A threshold and what it gave on the data that it was chosen on.</summary>
/// <param name="Rule">How it was chosen.</param>
/// <param name="Threshold">A probability.</param>
/// <param name="Sensitivity">Null for the one in use, which is one of the others or a plain default.</param>
/// <param name="Specificity">Null for the one in use, which is one of the others or a plain default.</param>
/// <param name="Provenance">Where it comes from.</param>
internal sealed record OperatingPointFacts(string Rule, float Threshold, double? Sensitivity, double? Specificity, string Provenance);
