using System.Globalization;
using Spectre.Console;

namespace CxrNet.Cli;

/// <summary>The shortcut checks for people.</summary>
internal static class ShortcutTable
{
    public static void Write(IAnsiConsole console, ShortcutLine line)
    {
        console.MarkupLine($"[bold]{line.Model.EscapeMarkup()}[/] on {line.N} images of '{line.Split.EscapeMarkup()}': what it leans on");
        (string Heading, Func<SourceLine, string> Cell)[] counts =
        [
            .. line is { Healthy: { } healthy, Disease: { } called } ? [($"{healthy} called {called}", static s => Of(s.HealthyCalledDisease, s.Healthy))] : ((string, Func<SourceLine, string>)[])[],
            .. line.Disease is { } disease ? [($"{disease} found", static s => Of(s.DiseaseFound, s.Disease))] : ((string, Func<SourceLine, string>)[])[],
        ];
        SimpleTable.Print(console, ["source", "images", "accuracy", .. counts.Select(static c => c.Heading)], line.BySource.Select(s => (string[])[s.Name, $"{s.N}", F3(s.Accuracy), .. counts.Select(c => c.Cell(s))]));
        string[] findings = [.. line.Views[0].Recall.Keys];
        SimpleTable.Print(console, ["what it sees", "accuracy", "balanced", .. findings.Select(f => $"recall {f}")], line.Views.Select(v => (string[])[v.Name, F3(v.Accuracy), F3(v.BalancedAccuracy), .. findings.Select(f => F3(v.Recall[f]))]));
        SimpleTable.Print(console, ["what it sees", .. findings.Select(f => $"called {f}")], line.Views.Select(v => (string[])[v.Name, .. findings.Select(f => F3(v.Called[f]))]));
        SimpleTable.Print(console, ["what it sees", "probability of its answer", "does not know"], line.Views.Select(v => new[] { v.Name, F3(v.Probability), F3(v.DoesNotKnow ?? double.NaN) }));
        SimpleTable.Print(console, ["finding", "images", "map energy in the lungs", "lungs' share of the area"], line.EnergyInLungs.Select(e => new[] { e.Name, $"{e.N}", F3(e.Share), F3(e.BaseRate) }));
        console.MarkupLine($"Logistic regressions on 24 numbers of exposure, sharpness and borders, learnt on '{line.TrainSplit.EscapeMarkup()}': what can be told without a lung");
        string[] area = line.Disease is { } told ? [$"ROC area of {told}"] : [];
        SimpleTable.Print(console, ["tells the", "from", "images", "accuracy", "balanced", .. area], line.Baselines.Select(b => (string[])[b.Target, b.Sees, $"{b.N}", F3(b.Accuracy ?? double.NaN), F3(b.BalancedAccuracy ?? double.NaN), .. area.Select(_ => F3(b.DiseaseRocAuc ?? double.NaN))]));
    }

    private static string Of(int? part, int? whole) => whole is null or 0 ? "-" : $"{part} of {whole}";

    private static string F3(double value) => double.IsNaN(value) ? "-" : value.ToString("F3", CultureInfo.InvariantCulture);
}
