using System.Globalization;
using Spectre.Console;

namespace CxrNet.Cli;

/// <summary>Figures of findings that do not exclude each other, for people.</summary>
internal static class MultiLabelTable
{
    // Apart from each other, so that neither table is too wide for a pipe.
    private static readonly string[] Ranking = ["finding", "with it", "ROC area", "average precision", "Brier", "ECE"], Thresholds = ["finding", "positive from", "sensitivity", "specificity", "F1"];

    public static void Write(IAnsiConsole console, MultiLabelLine line, string model, string split, IReadOnlyList<string> notes)
    {
        console.MarkupLine(string.Create(CultureInfo.InvariantCulture, $"[bold]{model.EscapeMarkup()}[/] on {line.N} images of '{split.EscapeMarkup()}': mean ROC area [bold]{F3(line.MacroRocAuc)}[/] of {line.PerFinding.Count(static f => f.RocAuc is not null)} findings"));
        console.MarkupLine(string.Create(CultureInfo.InvariantCulture, $"at the thresholds: macro-F1 {line.MacroF1:F3}, micro-F1 {line.MicroF1:F3}, Hamming loss {line.HammingLoss:F3}, all findings right {line.SubsetAccuracy:P1}"));
        foreach (string note in notes)
        {
            console.MarkupLine(note.EscapeMarkup());
        }

        SimpleTable.Print(console, Ranking, line.PerFinding.Select(static f => (string[])[f.Name, $"{f.Support}", WithEnds(f), F3(f.AveragePrecision), F3(f.Brier), F3(f.Ece)]));
        SimpleTable.Print(console, Thresholds, line.PerFinding.Select(static f => (string[])[f.Name, F3(f.Threshold), F3(f.Sensitivity), F3(f.Specificity), F3(f.F1)]));
        foreach ((string name, IReadOnlyList<MultiLabelGroupLine> groups) in line.Subgroups)
        {
            SimpleTable.Print(console, [name, "images", "mean ROC area", "micro-F1"], groups.Select(static g => (string[])[g.Name, $"{g.N}", F3(g.MacroRocAuc), F3(g.MicroF1)]));
        }

        console.MarkupLine($"[grey]{CliApp.ResearchOnly}[/]");
    }

    private static string WithEnds(MultiLabelFindingLine f) => f.RocAucInterval is [{ } low, { } high] ? $"{F3(f.RocAuc)} ({F3(low)}-{F3(high)})" : F3(f.RocAuc);

    private static string F3(double? value) => value is { } known ? known.ToString("F3", CultureInfo.InvariantCulture) : "-";
}
