using System.Globalization;
using Spectre.Console;

namespace CxrNet.Cli;

/// <summary>What compare found, for people.</summary>
internal static class CompareTable
{
    public static void Write(IAnsiConsole console, CompareLine line)
    {
        console.MarkupLine($"{line.Images} images, {line.Batch} in a batch");
        SimpleTable.Print(console, ["backend", "model", "images/s", "of the first"], line.Backends.Select(b => new[] { b.Name, b.Model, F(b.ImagesPerSecond, "0.0"), F(b.ImagesPerSecond / line.Backends[0].ImagesPerSecond, "0.00") + " x" }));
        SimpleTable.Print(
            console,
            ["backends", "logits", "probabilities", "maps", "correlation", "top flips", "decision flips"],
            line.Pairs.Select(p => new[]
            {
                $"{p.First} / {p.Second}", F(p.MaxLogitDifference, "0.0e+0"), F(p.MaxProbabilityDifference, "0.0e+0"), p.MaxMapDifference is { } map ? F(map, "0.0e+0") : "-",
                F(p.LogitCorrelation, "0.000000"), $"{p.TopFlips} of {line.Images}", $"{p.DecisionFlips} of {p.Decisions}",
            }));
        console.MarkupLine("[grey]Greatest absolute differences. A top flip is an image with another finding on top, a decision flip a finding on the other side of its threshold.[/]");
        console.MarkupLine($"[grey]{CliApp.ResearchOnly}[/]");
    }

    private static string F(double value, string format) => double.IsNaN(value) ? "NaN" : value.ToString(format, CultureInfo.InvariantCulture);
}
