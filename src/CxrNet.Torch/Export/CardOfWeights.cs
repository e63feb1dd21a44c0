namespace CxrNet.Torch.Export;

/// <summary>What of a card stays when it is put beside weights: what was fitted or measured belongs to the weights that it was fitted or measured with.</summary>
internal static class CardOfWeights
{
    /// <summary>The card as it may stand beside weights.</summary>
    /// <param name="card">The caller's; its hash names the weights that it is of.</param>
    /// <param name="hash">Of the weights that are written.</param>
    /// <param name="isVouched">Whether the caller named a finished file and gave the card for it: a card of no hash, or of that file's, is then taken at its word.</param>
    /// <param name="isCalibrated">Whether temperature, thresholds, abstain level and guard were fitted for these very weights, biases included.</param>
    public static CxrModelCard Of(CxrModelCard card, string hash, bool isVouched, bool isCalibrated)
    {
        if (isVouched || card.WeightsSha256.Equals(hash, StringComparison.OrdinalIgnoreCase))
        {
            return card;
        }

        CxrModelCard unmeasured = card with { Metrics = new SortedDictionary<string, double>(StringComparer.Ordinal) };
        return isCalibrated ? unmeasured : unmeasured with { Temperature = 1, Abstain = null, Guard = null, Findings = [.. card.Findings.Select(static f => new CardFinding(f.Name))] };
    }
}
