using CxrNet.WebViewer.Analysis;

namespace CxrNet.WebViewer.Api;

/// <summary>What the model says of one image. A research result, not a diagnosis.</summary>
/// <param name="Model">The id of the model's card.</param>
/// <param name="Backend">The engine that ran it.</param>
/// <param name="Image">The image as it was read.</param>
/// <param name="Findings">In card order; empty where they were withheld because the image is unlike a frontal chest X-ray.</param>
/// <param name="Top">The most probable finding; null where they were withheld.</param>
/// <param name="Undecided">Whether nothing should be concluded.</param>
/// <param name="PredictionSet">The findings that cannot be excluded at the model's level; null where the model has none.</param>
/// <param name="Distance">How far the image lies from the training's, in units of the limit: above 1 it is hardly a frontal chest X-ray. Null where the model has no guard.</param>
/// <param name="Warnings">Sentences; empty where there is nothing to say.</param>
/// <param name="Map">The explanation; null where it was not wanted or withheld.</param>
/// <param name="Lungs">The lungs; null where they were not wanted.</param>
/// <param name="TimingsMs">How long it took, in milliseconds.</param>
internal sealed record AnalysisAnswer(
    string Model,
    string Backend,
    ImageFacts Image,
    IReadOnlyList<FindingAnswer> Findings,
    string? Top,
    bool Undecided,
    IReadOnlyList<string>? PredictionSet,
    double? Distance,
    IReadOnlyList<string> Warnings,
    MapLayer? Map,
    LungLayer? Lungs,
    TimingsAnswer TimingsMs)
{
    public static AnalysisAnswer From(AnalysisReport analysis, bool layers, int mapSide)
    {
        CxrReport report = analysis.Report;
        CxrPrediction prediction = report.Prediction;
        return new AnalysisAnswer(
            prediction.ModelId,
            analysis.Backend,
            ImageFacts.From(report.Image),
            [.. prediction.Findings.Select(static f => new FindingAnswer(f.Name, f.Probability, f.Threshold, f.IsPositive))],
            prediction.Findings.Count > 0 ? prediction.Top.Name : null,
            prediction.IsUndecided,
            prediction.PredictionSet,
            prediction.Distance is { } distance ? Math.Round(distance, 4) : null,
            prediction.Warnings,
            layers ? MapLayer.From(report, mapSide) : null,
            layers ? LungLayer.From(report) : null,
            TimingsAnswer.From(prediction.Timings, analysis.Elapsed));
    }
}
