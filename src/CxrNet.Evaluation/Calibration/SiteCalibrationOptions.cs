namespace CxrNet.Evaluation;

/// <summary>How a site refits a card.</summary>
public sealed record SiteCalibrationOptions
{
    /// <summary>Where the scores come from, in words for the card's provenance; name no person. "site" by default.</summary>
    public string Site { get; init; } = "site";

    /// <summary>When they were collected; left out of the provenance where null (the default).</summary>
    public DateOnly? Date { get; init; }

    /// <summary>How operating points are chosen; Youden by default.</summary>
    public OperatingPointRule Rule { get; init; }

    /// <summary>For <see cref="OperatingPointRule.Sensitivity"/>; 0.95 by default.</summary>
    public double Sensitivity { get; init; } = 0.95;

    /// <summary>The share of prediction sets that may miss the truth; 0.1 by default.</summary>
    public double Alpha { get; init; } = 0.1;

    /// <summary>A finding with fewer positive, or negative, cases keeps its operating point; 10 by default.</summary>
    public int MinCases { get; init; } = 10;
}
