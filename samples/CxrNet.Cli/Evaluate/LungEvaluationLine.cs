using CxrNet.Evaluation;

namespace CxrNet.Cli;

internal sealed record LungEvaluationLine(string Model, string Split, LungFiguresLine All, IReadOnlyList<LungFiguresLine> BySource, string Intervals);

/// <summary>Figures of a segmenter; distances in pixels, null where no image has them.</summary>
internal sealed record LungFiguresLine(string Name, int N, double Dice, double? DiceLow, double? DiceHigh, double Iou, double? Hd95, double? MeanSurfaceDistance)
{
    public static LungFiguresLine Of(string name, SegmentationReport report) => new(
        name,
        report.Overlaps.Count,
        report.Dice.Estimate,
        EvaluationLine.OrNull(report.Dice.Low),
        EvaluationLine.OrNull(report.Dice.High),
        report.IntersectionOverUnion.Estimate,
        double.IsNaN(report.Hausdorff95) ? null : report.Hausdorff95,
        double.IsNaN(report.AverageSurfaceDistance) ? null : report.AverageSurfaceDistance);
}
