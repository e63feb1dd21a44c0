using System.Globalization;
using CxrNet.Evaluation;
using Spectre.Console;

namespace CxrNet.Cli;

/// <summary>Figures of an evaluation for people, with 95 % intervals.</summary>
internal static class EvaluationTable
{
    private static readonly string[] Figures = ["precision", "recall", "F1", "images"];

    public static void Write(IAnsiConsole console, EvaluationReport report, DecisionFigures decisions, string split)
    {
        ClassificationReport figures = report.Classification;
        console.MarkupLine(string.Create(CultureInfo.InvariantCulture, $"[bold]{report.ModelId.EscapeMarkup()}[/] on {figures.Count} images of '{split.EscapeMarkup()}': accuracy [bold]{figures.Accuracy:F3}[/] ({figures.AccuracyInterval.Low:F3} to {figures.AccuracyInterval.High:F3}), macro-F1 [bold]{report.MacroF1.Estimate:F3}[/]{(double.IsNaN(report.MacroF1.Low) ? "" : string.Create(CultureInfo.InvariantCulture, $" ({report.MacroF1.Low:F3} to {report.MacroF1.High:F3})"))}"));
        console.MarkupLine(string.Create(CultureInfo.InvariantCulture, $"balanced accuracy {figures.BalancedAccuracy:F3}, kappa {figures.Kappa:F3}, MCC {figures.MatthewsCorrelation:F3}, Brier {report.Brier:F3}, log loss {report.LogLoss:F3}, ECE {report.Reliability.ExpectedError:F3}"));
        foreach (string note in report.Notes)
        {
            console.MarkupLine(note.EscapeMarkup());
        }

        Classes(console, report);
        Rankings(console, report, decisions);
        Reservations(console, decisions);
        foreach ((string name, IReadOnlyDictionary<string, ClassificationReport> groups) in report.Subgroups)
        {
            Groups(console, name, groups);
        }

        console.MarkupLine($"[grey]{CliApp.ResearchOnly}[/]");
    }

    private static void Classes(IAnsiConsole console, EvaluationReport report)
    {
        ClassificationReport figures = report.Classification;
        int classes = figures.Classes.Count;
        Table table = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn("class").NoWrap());
        foreach (string heading in Figures.Concat(Enumerable.Range(1, classes).Select(c => $"as {c}")))
        {
            table.AddColumn(new TableColumn(heading).RightAligned().NoWrap());
        }

        for (int truth = 0; truth < classes; truth++)
        {
            ClassFigures c = figures.Classes[truth];
            table.AddRow([$"{truth + 1} {c.Name.EscapeMarkup()}", F3(c.Precision), F3(c.Recall), F3(c.F1), $"{c.Support}", .. Enumerable.Range(0, classes).Select(p => $"{figures.Confusion[truth, p]}")]);
        }

        console.Write(table);
    }

    // Apart from the counts, so that neither table is too wide for a pipe.
    private static void Rankings(IAnsiConsole console, EvaluationReport report, DecisionFigures decisions)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn("class").NoWrap());
        foreach (string heading in (string[])["ROC area", "average precision", "positive from", "sensitivity", "specificity"])
        {
            table.AddColumn(new TableColumn(heading).RightAligned());
        }

        for (int c = 0; c < report.RocIntervals.Count; c++)
        {
            string name = report.Classification.Classes[c].Name;
            OperatingPoint point = decisions.OperatingPoints[name];
            table.AddRow($"{c + 1} {name.EscapeMarkup()}", WithEnds(report.RocIntervals[c]), WithEnds(report.AveragePrecision[c]), F3(point.Threshold), F3(point.Sensitivity), F3(point.Specificity));
        }

        console.Write(table);
    }

    private static void Reservations(IAnsiConsole console, DecisionFigures decisions)
    {
        if (!double.IsNaN(decisions.Undecided))
        {
            console.MarkupLine(string.Create(CultureInfo.InvariantCulture, $"does not know: {decisions.Undecided:P1}; accuracy of the rest {F3(decisions.DecidedAccuracy)}; the truth is in the set for {decisions.Coverage:P1}"));
        }

        if (!double.IsNaN(decisions.Unlike))
        {
            console.MarkupLine(string.Create(CultureInfo.InvariantCulture, $"called unlike a frontal chest X-ray: {decisions.Unlike:P1}"));
        }
    }

    private static void Groups(IAnsiConsole console, string name, IReadOnlyDictionary<string, ClassificationReport> groups)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumn(name.EscapeMarkup());
        foreach (string heading in (string[])["images", "accuracy", .. groups.Values.First().Classes.Select((_, c) => $"recall {c + 1}")])
        {
            table.AddColumn(new TableColumn(heading.EscapeMarkup()).RightAligned());
        }

        foreach ((string group, ClassificationReport report) in groups)
        {
            table.AddRow([group.EscapeMarkup(), $"{report.Count}", WithEnds(report.AccuracyInterval), .. report.Classes.Select(c => c.Support == 0 ? "-" : F3(c.Recall))]);
        }

        console.Write(table);
    }

    private static string WithEnds(Interval interval) => double.IsNaN(interval.Low) || double.IsNaN(interval.Estimate) ? F3(interval.Estimate) : $"{F3(interval.Estimate)} ({F3(interval.Low)}-{F3(interval.High)})";

    private static string F3(double value) => double.IsNaN(value) ? "-" : value.ToString("F3", CultureInfo.InvariantCulture);
}
