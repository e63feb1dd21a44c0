using System.Globalization;
using Spectre.Console;

namespace CxrNet.Cli;

/// <summary>The shortcut checks for people.</summary>
internal static class ShortcutTable
{
    public static void Write(IAnsiConsole console, ShortcutLine line)
    {
        console.MarkupLine($"[bold]{line.Model.EscapeMarkup()}[/] on {line.N} images of '{line.Split.EscapeMarkup()}': what it leans on");
        SimpleTable.Print(console, ["source", "images", "accuracy", "healthy called COVID-19", "COVID-19 found"], line.BySource.Select(s => new[] { s.Name, $"{s.N}", F3(s.Accuracy), Of(s.HealthyCalledCovid, s.Healthy), Of(s.CovidFound, s.Covid) }));
        string[] findings = [.. line.Views[0].Recall.Keys];
        SimpleTable.Print(console, ["what it sees", "accuracy", "balanced", .. findings.Select(f => $"recall {f}")], line.Views.Select(v => (string[])[v.Name, F3(v.Accuracy), F3(v.BalancedAccuracy), .. findings.Select(f => F3(v.Recall[f]))]));
        SimpleTable.Print(console, ["what it sees", .. findings.Select(f => $"called {f}")], line.Views.Select(v => (string[])[v.Name, .. findings.Select(f => F3(v.Called[f]))]));
        SimpleTable.Print(console, ["finding", "images", "map energy in the lungs", "lungs' share of the area"], line.EnergyInLungs.Select(e => new[] { e.Name, $"{e.N}", F3(e.Share), F3(e.BaseRate) }));
        console.MarkupLine("Logistic regressions on 24 numbers of exposure, sharpness and borders, learnt on 'train': what can be told without a lung");
        SimpleTable.Print(console, ["tells the", "from", "images", "accuracy", "balanced", "ROC area of COVID-19"], line.Baselines.Select(b => new[] { b.Target, b.Sees, $"{b.N}", F3(b.Accuracy), F3(b.BalancedAccuracy), b.CovidRocAuc is { } area ? F3(area) : "-" }));
    }

    private static string Of(int part, int whole) => whole == 0 ? "-" : $"{part} of {whole}";

    private static string F3(double value) => double.IsNaN(value) ? "-" : value.ToString("F3", CultureInfo.InvariantCulture);
}
