namespace CxrNet.Evaluation;

/// <summary>A card refitted to a site, and how.</summary>
/// <param name="Card">The card with its new temperature, operating points and figures.</param>
/// <param name="Temperature">The fit; its range's end means that the scores say nothing of it and the card's temperature was kept.</param>
/// <param name="OperatingPoints">For each finding; null where the card's was kept.</param>
/// <param name="AbstainBands">For each finding.</param>
public sealed record SiteCalibrationResult(CxrModelCard Card, TemperatureFit Temperature, IReadOnlyList<OperatingPoint?> OperatingPoints, IReadOnlyList<AbstainBand> AbstainBands)
{
    /// <summary>Whether the card's temperature was kept, and with it every line that was drawn at it: the scores say nothing of it, or an operating point or the abstain level has too few cases to be drawn anew.</summary>
    public bool KeepsTemperature { get; init; }
}
