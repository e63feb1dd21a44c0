using CxrNet.Evaluation;

namespace CxrNet.Cli;

/// <summary>The figures of findings that do not exclude each other; null where one is not defined.</summary>
/// <param name="N">Images.</param>
/// <param name="MacroRocAuc">Mean over the findings that have positives and negatives.</param>
/// <param name="MacroF1">Mean over the findings, at their thresholds; one that no image has counts as 0.</param>
/// <param name="MicroF1">Of all cells.</param>
/// <param name="HammingLoss">The share of wrong cells.</param>
/// <param name="SubsetAccuracy">The share of images of which every finding is right.</param>
/// <param name="PerFinding">In the card's order.</param>
/// <param name="Subgroups">By source, view, age and sex, where the manifest knows them.</param>
/// <param name="UnknownLabels">Names that are no finding of the model, with how many images have them.</param>
/// <param name="Intervals">What they are over.</param>
internal sealed record MultiLabelLine(
    int N,
    double? MacroRocAuc,
    double MacroF1,
    double MicroF1,
    double HammingLoss,
    double SubsetAccuracy,
    IReadOnlyList<MultiLabelFindingLine> PerFinding,
    IReadOnlyDictionary<string, IReadOnlyList<MultiLabelGroupLine>> Subgroups,
    IReadOnlyDictionary<string, int> UnknownLabels,
    string Intervals)
{
    public static MultiLabelLine From(MultiLabelReport report, int count, MultiLabelTruth truth, IReadOnlyDictionary<string, IReadOnlyList<MultiLabelGroupLine>> groups, bool isByPatient) => new(
        count,
        EvaluationLine.OrNull(report.MacroRocArea),
        report.MacroF1,
        report.MicroF1,
        report.HammingLoss,
        report.SubsetAccuracy,
        [.. report.Labels.Select(MultiLabelFindingLine.Of)],
        groups,
        truth.Unknown,
        isByPatient ? "patients" : "images");
}

/// <summary>One finding; F1, sensitivity and specificity are those of the threshold in use.</summary>
internal sealed record MultiLabelFindingLine(string Name, int Support, double? RocAuc, IReadOnlyList<double?> RocAucInterval, double? AveragePrecision, double? F1, double Threshold, double? Sensitivity, double? Specificity, double Brier, double? Ece)
{
    public static MultiLabelFindingLine Of(MultiLabelFigures f) => new(
        f.Name, f.Support, EvaluationLine.OrNull(f.RocArea), EvaluationLine.Ends(f.RocInterval), EvaluationLine.OrNull(f.AveragePrecision), f.Support > 0 ? f.F1 : null, f.Operating.Threshold, EvaluationLine.OrNull(f.Operating.Sensitivity), EvaluationLine.OrNull(f.Operating.Specificity), f.Brier, EvaluationLine.OrNull(f.Reliability.ExpectedError));
}

internal sealed record MultiLabelGroupLine(string Name, int N, double? MacroRocAuc, double MicroF1)
{
    public static MultiLabelGroupLine From(string name, int count, MultiLabelReport report) => new(name, count, EvaluationLine.OrNull(report.MacroRocArea), report.MicroF1);
}
