using System.Globalization;
using CxrNet.Evaluation;
using Spectre.Console;

namespace CxrNet.Cli;

/// <summary>Figures of an evaluation for people, with 95 % intervals.</summary>
internal static class EvaluationTable
{
    private static readonly string[] Figures = ["precision", "recall", "F1", "images"];

    public static void Write(IAnsiConsole console, ClassificationReport report, string model, string split)
    {
        console.MarkupLine(string.Create(CultureInfo.InvariantCulture, $"[bold]{model.EscapeMarkup()}[/] on {report.Count} images of '{split.EscapeMarkup()}': accuracy [bold]{report.Accuracy:F3}[/] ({report.AccuracyInterval.Low:F3} to {report.AccuracyInterval.High:F3}), macro-F1 [bold]{report.MacroF1:F3}[/]"));
        Table table = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn("class").NoWrap());
        int classes = report.Classes.Count;
        foreach (string heading in Figures.Concat(Enumerable.Range(1, classes).Select(c => $"as {c}")))
        {
            table.AddColumn(new TableColumn(heading).RightAligned().NoWrap());
        }

        for (int truth = 0; truth < classes; truth++)
        {
            ClassFigures figures = report.Classes[truth];
            table.AddRow([$"{truth + 1} {figures.Name.EscapeMarkup()}", F3(figures.Precision), F3(figures.Recall), F3(figures.F1), $"{figures.Support}", .. Enumerable.Range(0, classes).Select(p => $"{report.Confusion[truth, p]}")]);
        }

        console.Write(table);
        console.MarkupLine($"[grey]{CliApp.ResearchOnly}[/]");
    }

    private static string F3(double value) => value.ToString("F3", CultureInfo.InvariantCulture);
}
