using System.Globalization;
using Spectre.Console;

namespace CxrNet.Cli;

/// <summary>What bench measured, for people.</summary>
internal static class BenchTable
{
    public static void Write(IAnsiConsole console, BenchLine line)
    {
        console.MarkupLineInterpolated($"{line.Model} on {line.Backend}, {(line.Threads == 0 ? "the engine's own threads" : $"{line.Threads} thread(s)")}, {line.Processors} processors; {line.Images} images of {F(line.Megapixels, "0.0")} megapixels on average");
        SimpleTable.Print(
            console,
            ["stage", "images/s", "ms", "5 %", "95 %", "KB allocated", "calls"],
            line.Stages.Select(static s => new[] { s.Name, F(s.ImagesPerSecond, "0.0"), F(s.MedianMs, "0.00"), F(s.LowMs, "0.00"), F(s.HighMs, "0.00"), F(s.AllocatedBytes / 1024, "0.0"), $"{s.Calls}" }));
        console.MarkupLineInterpolated($"[grey]Per image; medians of calls in turn, files in memory. Loading the model and the first result took {F(line.FirstResultMs, "0")} ms.[/]");
    }

    private static string F(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
