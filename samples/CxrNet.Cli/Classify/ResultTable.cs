using System.Globalization;
using Spectre.Console;

namespace CxrNet.Cli;

/// <summary>One prediction for people: a bar for each finding, the operating point, timings, warnings.</summary>
internal static class ResultTable
{
    private const int BarWidth = 30;

    public static void Write(IAnsiConsole console, string file, string backend, CxrPrediction prediction)
    {
        Table table = new Table().Border(TableBorder.None).HideHeaders().AddColumns("finding", "bar", "probability", "threshold");
        foreach (Finding finding in prediction.Findings)
        {
            string style = finding.IsPositive ? "bold yellow" : "default";
            table.AddRow(
                $"  [{style}]{finding.Name.EscapeMarkup()}[/]",
                $"[{style}]{Bar(finding.Probability)}[/]",
                $"[{style}]{Percent(finding.Probability),7}[/]",
                $"[grey]{(finding.IsPositive ? "positive, at or above" : "below")} {Percent(finding.Threshold)}[/]");
        }

        console.MarkupLine($"[bold]{file.EscapeMarkup()}[/]: [bold]{prediction.Top.Name.EscapeMarkup()}[/] {Percent(prediction.Top.Probability)}");
        console.Write(table);
        StageTimings t = prediction.Timings;
        console.MarkupLine(string.Create(CultureInfo.InvariantCulture, $"  [grey]{prediction.ModelId.EscapeMarkup()} on {backend}; decode {t.Decode.TotalMilliseconds:F1} + preprocess {t.Preprocess.TotalMilliseconds:F1} + inference {t.Inference.TotalMilliseconds:F1} + postprocess {t.Postprocess.TotalMilliseconds:F1} = {t.Total.TotalMilliseconds:F1} ms[/]"));
        WriteWarnings(console, prediction);
        console.WriteLine();
    }

    /// <summary>What the reader should know before trusting the result, a line each.</summary>
    public static void WriteWarnings(IAnsiConsole console, CxrPrediction prediction)
    {
        foreach (string warning in prediction.Warnings)
        {
            console.MarkupLine($"  [red]warning:[/] {warning.EscapeMarkup()}");
        }
    }

    // Eighths of a block, so that 1 % is still seen.
    private static string Bar(float probability)
    {
        const string Eighths = " ▏▎▍▌▋▊▉";
        int eighths = (int)Math.Round(probability * BarWidth * 8);
        string bar = new string('█', eighths / 8) + (eighths % 8 > 0 ? Eighths[eighths % 8].ToString() : "");
        return bar.PadRight(BarWidth, '·');
    }

    private static string Percent(float probability) => (100 * probability).ToString("F1", CultureInfo.InvariantCulture) + " %";
}
