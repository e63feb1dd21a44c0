using System.Globalization;
using CxrNet.Evaluation;
using Spectre.Console;

namespace CxrNet.Cli;

/// <summary>What randomize leaves behind: the table in files, and in short on the screen.</summary>
/// <param name="request">What was asked for.</param>
/// <param name="modelId">The card's id.</param>
/// <param name="layers">How many there are to lose.</param>
/// <param name="maps">What was found; it may still be growing.</param>
/// <param name="messages">What was warned of.</param>
internal sealed class RandomizeResult(CompareMapsRequest request, string modelId, int layers, RandomizedMaps maps, Messages messages)
{
    /// <summary>Writes the files.</summary>
    /// <exception cref="InvalidDataException">Nothing was compared.</exception>
    public RandomizationTable Write()
    {
        if (maps.Rows.Count == 0)
        {
            throw new InvalidDataException("No image could be explained.");
        }

        RandomizationTable table = RandomizationTable.Of(maps.Rows, new BootstrapOptions { Seed = request.Seed });
        string title = request.Phantoms is not null ? "drawn chests" : $"{request.Split} split";
        string unread = maps.Unreadable > 0 ? $" {maps.Unreadable} more could not be read." : "";
        string[] notes =
        [
            string.Create(CultureInfo.InvariantCulture, $"{maps.Images} images, each explained for the same finding throughout.{unread} The values of a layer's weights and biases are put into a random order (seed {request.Seed}); {layers} layers, the head's first."),
            "The controls know nothing of the network: they stay at 1, as a method would that only looks at the image.",
            .. messages.Warnings,
            .. maps.Notes,
        ];
        Write("randomize.csv", table.ToCsv());
        Write("randomize.json", ExplainJson.Of(new RandomizeFile(modelId, title, maps.Images, [.. maps.Rows.Select(r => new RandomizeRow(r.Method, r.Stage, r.Subject.Name, r.Subject.Finding, Known(r.Likeness.Spearman), Known(r.Likeness.SpearmanAbsolute), Known(r.Likeness.SsimUniform)))])));
        using StringWriter page = new();
        RandomizationHtml.Write(page, title, modelId, table, notes, apart: [ShuffledLabels.Stage]);
        Write("randomize.html", page.ToString());
        return table;
    }

    /// <summary>A table of means.</summary>
    public void Show(RandomizationTable table, TextWriter output)
    {
        Table grid = new Table().Border(TableBorder.Simple).AddColumn("Spearman (SSIM)");
        foreach (string stage in table.Stages)
        {
            grid.AddColumn(new TableColumn(stage).RightAligned());
        }

        foreach (string method in table.Methods)
        {
            grid.AddRow([method, .. table.Stages.Select(s => $"{Figure(table.Spearman(method, s).Estimate)} ({Figure(table.Ssim(method, s).Estimate)})")]);
        }

        IAnsiConsole console = Terminal.On(output);
        console.Write(grid);
        console.MarkupLine($"[grey]{maps.Images} images; intervals and curves in {request.Folder.EscapeMarkup()}. {CliApp.ResearchOnly}[/]");
    }

    // A constant map has no ranks.
    internal static string Figure(double value) => double.IsNaN(value) ? "–" : value.ToString("F2", CultureInfo.InvariantCulture);

    private void Write(string name, string text) => WholeFile.WriteText(Path.Combine(request.Folder, name), text);

    // JSON has no NaN; a constant map has no ranks.
    private static double? Known(double value) => double.IsFinite(value) ? value : null;
}
