using System.Globalization;
using CxrNet.Evaluation;
using Spectre.Console;

namespace CxrNet.Cli.Commands;

/// <summary>What compare-maps leaves behind: table, curves and pictures in files, and the most asked for figures on the screen.</summary>
internal sealed class CompareMapsResult(CompareMapsRequest request, string modelId, IReadOnlyList<string> methods, IReadOnlyList<MapFigures> figures, IReadOnlyList<MapPicture> pictures, List<string> notes, int images, int unreadable, bool stopped)
{
    // The method that the others are compared with, where it is there.
    private const string Reference = "network";

    private static readonly string[] Shown = ["insertion", "deletion", "road", "lung_energy", "lesion_auprc", "lesion_pointing", "ms"];

    public void Write(TextWriter output, Messages messages)
    {
        BootstrapOptions bootstrap = new() { Seed = request.Seed };
        MapTable table = MapTable.Of(figures, bootstrap);
        IReadOnlyList<MapDifference> differences = MapDifference.Of(figures, Reference, bootstrap);
        string title = request.Phantoms is not null ? "drawn chests" : $"{request.Split} split";
        notes.Add(Effort(table));
        foreach (string note in notes.Except(messages.Warnings))
        {
            messages.Remark(note);
        }

        Write("maps.csv", table.ToCsv());
        CompareCell[] cells = [.. from method in table.Methods
                                  from metric in table.Metrics
                                  let cell = table[method, metric.Name]
                                  where !double.IsNaN(cell.Estimate)
                                  select new CompareCell(method, metric.Name, metric.Better, cell.Estimate, cell.Low, cell.High, table.ImagesOf(method, metric.Name))];
        Write("maps.json", ExplainJson.Of(new CompareFile(
            modelId, title, table.Images, request.Target ?? (request.Phantoms is null ? "top" : "label"), cells,
            [.. differences.Select(d => new CompareGain(Reference, d.Method, d.Metric, d.Gain.Estimate, d.Gain.Low, d.Gain.High, d.Images))],
            [.. figures.Select(f => new CompareRow(f.Subject.Name, f.Subject.Label, f.Subject.Finding, f.Method, f.Values))])));
        using StringWriter page = new();
        MapReportHtml.Write(page, new MapReport(title, modelId, figures, table) { Pictures = pictures, Notes = notes, Reference = Reference, Differences = differences });
        Write("maps.html", page.ToString());
        Show(output, table);
    }

    private void Write(string name, string text) => WholeFile.WriteText(Path.Combine(request.Folder, name), text);

    private string Effort(MapTable table)
    {
        int[] counts = [.. methods.Select(table.ImagesOf)];
        int readable = images - unreadable;
        string which = unreadable == 0 ? $"{images} images" : $"{readable} images that could be read ({unreadable} of {images} could not)";
        string each = counts.Min() == readable ? $"Every method was judged on all {which}"
            : $"Of {which} each method was judged on {counts.Min()} to {counts.Max()}: those that are slow on the first ones, which hold every label in turn";
        string why = stopped ? ", the run was stopped; the same command goes on with it" : counts.Min() < readable ? ", as many as the time allowed; the same command goes on with the rest" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{each}{why}. {request.Masks} masks or samples at most for RISE, LIME and Kernel SHAP, {request.Steps} steps for each curve; {request.Parallel} image(s) at a time, {(request.Model.Threads == 0 ? "the engine's own number of" : request.Model.Threads)} thread(s) each.");
    }

    private void Show(TextWriter output, MapTable table)
    {
        Table grid = new Table().Border(TableBorder.Simple).AddColumn("method").AddColumn(new TableColumn("n").RightAligned());
        string[] shown = [.. Shown.Where(s => table.Metrics.Any(m => m.Name == s))];
        foreach (string metric in shown)
        {
            grid.AddColumn(new TableColumn(metric.Replace('_', ' ')).RightAligned());
        }

        foreach (string method in table.Methods)
        {
            grid.AddRow([method, table.ImagesOf(method).ToString(CultureInfo.InvariantCulture), .. shown.Select(s => Cell(table[method, s]))]);
        }

        IAnsiConsole console = Terminal.On(output);
        console.Write(grid);
        console.MarkupLine($"[grey]{table.Images} images; intervals, further figures, curves and pictures in {request.Folder.EscapeMarkup()}. {CliApp.ResearchOnly}[/]");
    }

    private static string Cell(Interval cell) => double.IsNaN(cell.Estimate) ? "" : cell.Estimate.ToString(cell.Estimate >= 10 ? "F1" : "F3", CultureInfo.InvariantCulture);
}
