using System.Globalization;
using CxrNet.Evaluation;
using Spectre.Console;

namespace CxrNet.Cli;

/// <summary>What compare-maps leaves behind: table, curves and pictures in files, and the most asked for figures on the screen.</summary>
internal sealed class CompareMapsResult(CompareMapsRequest request, string modelId, IReadOnlyList<string> methods, IReadOnlyList<MapFigures> figures, IReadOnlyList<MapPicture> pictures, IReadOnlyList<CompareFailure> failures, List<string> notes, int images, int unreadable, bool stopped)
{
    // The method that the others are compared with, where it is there.
    private const string Reference = Heatmap.OwnMap;

    // A page names no more images than one can look at; all are in maps.json.
    private const int NamedImages = 8;

    private static readonly string[] Shown = ["insertion", "deletion", "road", "evalx_kept", "evalx_complement", "lung_energy", "lesion_auprc", "lesion_pointing", "ms"];

    public void Write(TextWriter output, Messages messages)
    {
        BootstrapOptions bootstrap = new() { Seed = request.Seed };
        MapTable table = MapTable.Of(figures, bootstrap);
        IReadOnlyList<MapDifference> differences = MapDifference.Of(figures, Reference, bootstrap);
        string title = request.Phantoms is not null ? "drawn chests" : $"{request.Split} split";
        notes.AddRange(failures.GroupBy(f => (f.Method, f.Reason)).Select(g => Failure(g.Key.Method, g.Key.Reason, [.. g.Select(f => f.Image)])));
        if (request.Evaluator is not null)
        {
            notes.Add(Gate(table));
        }

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
                                  select new CompareCell(method, metric.Name, metric.Better, cell.Estimate, EvaluationLine.OrNull(cell.Low), EvaluationLine.OrNull(cell.High), table.ImagesOf(method, metric.Name))];
        Write("maps.json", ExplainJson.Of(new CompareFile(
            modelId, title, table.Images, request.Target ?? (request.Phantoms is null ? "top" : "label"), cells,
            [.. differences.Select(d => new CompareGain(Reference, d.Method, d.Metric, d.Gain.Estimate, EvaluationLine.OrNull(d.Gain.Low), EvaluationLine.OrNull(d.Gain.High), d.Images))],
            [.. figures.Select(f => new CompareRow(f.Subject.Name, f.Subject.Label, f.Subject.Finding, f.Method, f.Values))],
            Path.GetFileName(request.Evaluator), failures)));
        using StringWriter page = new();
        MapReportHtml.Write(page, new MapReport(title, modelId, figures, table) { Pictures = pictures, Notes = notes, Reference = Reference, Differences = differences });
        Write("maps.html", page.ToString());
        Show(output, table);
    }

    private string Failure(string method, string reason, string[] names) =>
        $"'{method}' failed on {names.Length} of {images} images ({string.Join(", ", names.Take(NamedImages))}{(names.Length > NamedImages ? " …" : "")}), which the next run tries again: {reason}";

    // The same for every method: what can be reached, and chance.
    private string Gate(MapTable table)
    {
        string method = table.Methods.MaxBy(table.ImagesOf)!;
        return string.Create(CultureInfo.InvariantCulture, $"EVAL-X by {Path.GetFileName(request.Evaluator)}: it is right on {table[method, "evalx_whole"].Estimate:P0} of whole images and on {table[method, "evalx_nothing"].Estimate:P0} with nothing left of them. A map holds the evidence where at most 2 points are lost on what it keeps, and at most 10 above nothing are left in the rest.");
    }

    private void Write(string name, string text) => WholeFile.WriteText(Path.Combine(request.Folder, name), text);

    private string Effort(MapTable table)
    {
        int[] counts = [.. methods.Select(table.ImagesOf)];
        int readable = images - unreadable;
        bool isAll = methods.All(m => table.ImagesOf(m) + failures.Count(f => f.Method == m) == readable);
        string which = unreadable == 0 ? $"{images} images" : $"{readable} images that could be read ({unreadable} of {images} could not)";
        string each = isAll ? $"Every method was judged on all {which}{(failures.Count > 0 ? " but those on which it failed" : "")}"
            : $"Of {which} each method was judged on {counts.Min()} to {counts.Max()}: those that are slow on the first ones, which hold every label in turn";
        string why = stopped ? ", the run was stopped; the same command goes on with it" : !isAll ? ", as many as the time allowed; the same command goes on with the rest" : "";
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
