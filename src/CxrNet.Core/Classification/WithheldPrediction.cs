namespace CxrNet;

/// <summary>Takes a prediction's findings out, and all that tells of them.</summary>
internal static class WithheldPrediction
{
    /// <summary>The prediction without findings, logits, set and map, and without the warning that names the findings of the set; the other warnings, distance and times stay.</summary>
    public static CxrPrediction Withhold(this CxrPrediction prediction) => prediction with
    {
        Findings = [],
        Logits = [],
        PredictionSet = null,
        Map = null,
        Warnings = [.. prediction.Warnings.Where(static warning => !PredictionWarnings.TellsOfFindings(warning))],
    };
}
