using CxrNet.Evaluation;

namespace CxrNet.Cli;

/// <summary>The figures of an evaluation; null where one is not defined.</summary>
internal sealed record EvaluationLine(
    long N,
    double Accuracy,
    double MacroF1,
    IReadOnlyList<ClassLine> PerClass,
    IReadOnlyList<IReadOnlyList<long>> Confusion,
    IReadOnlyList<double?> AccuracyInterval,
    IReadOnlyList<double?> MacroF1Interval,
    double BalancedAccuracy,
    double? Kappa,
    double? Mcc,
    double? Brier,
    double? LogLoss,
    double? Ece,
    double? Mce,
    IReadOnlyList<BinLine> Reliability,
    DecisionLine Decisions,
    IReadOnlyDictionary<string, IReadOnlyList<GroupLine>> Subgroups,
    string Intervals)
{
    public static EvaluationLine From(EvaluationReport report, DecisionFigures decisions)
    {
        ClassificationReport figures = report.Classification;
        int classes = figures.Classes.Count;
        return new EvaluationLine(
            figures.Count,
            figures.Accuracy,
            figures.MacroF1,
            [.. figures.Classes.Select((c, i) => ClassLine.Of(c, report.RocIntervals[i], report.AveragePrecision[i], decisions.OperatingPoints.TryGetValue(c.Name, out OperatingPoint point) ? point : default))],
            [.. Enumerable.Range(0, classes).Select(t => (IReadOnlyList<long>)[.. Enumerable.Range(0, classes).Select(p => figures.Confusion[t, p])])],
            Ends(figures.AccuracyInterval),
            Ends(report.MacroF1),
            figures.BalancedAccuracy,
            OrNull(figures.Kappa),
            OrNull(figures.MatthewsCorrelation),
            OrNull(report.Brier),
            OrNull(report.LogLoss),
            OrNull(report.Reliability.ExpectedError),
            OrNull(report.Reliability.MaximumError),
            [.. report.Reliability.Bins.Select(b => new BinLine(b.Low, b.High, b.Count, OrNull(b.Accuracy), OrNull(b.MeanConfidence)))],
            new DecisionLine(OrNull(decisions.Undecided), OrNull(decisions.Coverage), OrNull(decisions.DecidedAccuracy), OrNull(decisions.Unlike)),
            report.Subgroups.ToDictionary(static g => g.Key, static g => (IReadOnlyList<GroupLine>)[.. g.Value.Select(r => new GroupLine(r.Key, r.Value.Count, r.Value.Accuracy, r.Value.MacroF1, r.Value.Classes.Where(c => c.Support > 0).ToDictionary(c => c.Name, c => c.Recall)))]),
            figures.IsByPatient ? "patients" : "images");
    }

    internal static double? OrNull(double value) => double.IsFinite(value) ? value : null;

    internal static IReadOnlyList<double?> Ends(Interval interval) => [OrNull(interval.Low), OrNull(interval.High)];
}

/// <summary>One class against the rest; sensitivity and specificity are those of the operating point in use.</summary>
internal sealed record ClassLine(string Name, double Precision, double Recall, double F1, long Support, long Predicted, IReadOnlyList<double?> PrecisionInterval, IReadOnlyList<double?> RecallInterval, double? RocAuc, IReadOnlyList<double?> RocAucInterval, double? AveragePrecision, IReadOnlyList<double?> AveragePrecisionInterval, double Threshold, double? Sensitivity, double? Specificity)
{
    public static ClassLine Of(ClassFigures c, Interval roc, Interval precision, OperatingPoint point) => new(
        c.Name, c.Precision, c.Recall, c.F1, c.Support, c.Predicted, EvaluationLine.Ends(c.PrecisionInterval), EvaluationLine.Ends(c.RecallInterval), EvaluationLine.OrNull(roc.Estimate), EvaluationLine.Ends(roc), EvaluationLine.OrNull(precision.Estimate), EvaluationLine.Ends(precision), point.Threshold, EvaluationLine.OrNull(point.Sensitivity), EvaluationLine.OrNull(point.Specificity));
}

internal sealed record BinLine(double Low, double High, int N, double? Accuracy, double? Confidence);

internal sealed record DecisionLine(double? Undecided, double? Coverage, double? DecidedAccuracy, double? Unlike);

internal sealed record GroupLine(string Name, long N, double Accuracy, double MacroF1, IReadOnlyDictionary<string, double> Recall);
