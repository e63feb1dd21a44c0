using System.Globalization;
using CxrNet.Evaluation;
using Spectre.Console;

namespace CxrNet.Cli.Commands;

/// <summary>Explains every image with every method, judges each map, and writes table, curves and pictures.</summary>
internal sealed class CompareMapsJob(CompareMapsRequest request, TextWriter output, TextWriter error)
{
    private static readonly string[] Shown = ["insertion", "deletion", "road", "lung_energy", "lesion_auprc", "lesion_pointing", "gini", "ms"];

    public int Run(CancellationToken cancellationToken)
    {
        using ICxrClassifier classifier = request.Model.LoadAlone();
        using ILungSegmenter? segmenter = LungChoice.Load(request.Lungs, request.Model.Threads);
        CompareMapsCases cases = new(request, classifier, segmenter, error);
        using CaseLungs lungs = new(segmenter, classifier.Card);
        using ExplanationContext context = new(request.Model, classifier, lungs, request.Masks, request.Seed);
        List<string> notes = [request.Phantoms is not null ? "Images are drawn chests: nobody's X-rays. Their lesions are known to the pixel." : $"Split '{request.Split}' of {Path.GetFileName(request.Manifest)}."];
        IReadOnlyList<ExplanationMethod> methods = ExplanationMethods.Parse(request.Methods, context, text => notes.Add(text));
        MapJudgeOptions options = new() { Steps = request.Steps, SensitivitySamples = request.Steady ? 3 : 0, Repeat = request.Steady };
        Dictionary<string, IExplanationMap> maps = [];
        List<MapFigures> figures = [];
        List<MapPicture> pictures = [];
        int failed;
        try
        {
            failed = Judge(classifier, cases, lungs, context, methods, maps, options, figures, pictures, notes, cancellationToken);
        }
        finally
        {
            foreach (IExplanationMap map in maps.Values)
            {
                map.Dispose();
            }
        }

        if (figures.Count == 0)
        {
            throw new InvalidDataException("No image could be explained.");
        }

        MapTable table = MapTable.Of(figures, new BootstrapOptions { Seed = request.Seed });
        notes.ForEach(note => QuietError.Remark(error, note));
        Write(classifier.Card.Id, figures, table, pictures, notes);
        Show(table);
        return failed > 0 ? 1 : 0;
    }

    private int Judge(ICxrClassifier classifier, CompareMapsCases cases, CaseLungs lungs, ExplanationContext context, IReadOnlyList<ExplanationMethod> methods, Dictionary<string, IExplanationMap> maps, MapJudgeOptions options, List<MapFigures> figures, List<MapPicture> pictures, List<string> notes, CancellationToken cancellationToken)
    {
        Dictionary<string, int> drawn = [];
        HashSet<string> dropped = [];
        using ProgressLine progress = new(error, "compared", cases.Count);
        int done = 0, read = 0;
        foreach (MapCase mapCase in cases.Read(cancellationToken))
        {
            read++;
            lungs.Show(mapCase);
            bool picture = drawn.GetValueOrDefault(mapCase.Label) < request.Pictures;
            drawn[mapCase.Label] = drawn.GetValueOrDefault(mapCase.Label) + 1;
            string row = mapCase.Label == mapCase.Finding ? mapCase.Label : $"{mapCase.Label}, explained: {mapCase.Finding}";
            if (picture)
            {
                row = $"{drawn[mapCase.Label]}. {row}";
                pictures.Add(new MapPicture(row, "image", MapPictures.Draw(mapCase.Image, null)));
            }

            foreach (ExplanationMethod method in methods.Where(m => !dropped.Contains(m.Name)))
            {
                try
                {
                    if (!maps.TryGetValue(method.Name, out IExplanationMap? map))
                    {
                        map = maps[method.Name] = method.Create(context);

                        // The first call of a method pays for what later calls find ready.
                        map.Explain([mapCase.Image], mapCase.Finding, cancellationToken);
                    }

                    MapFigures found = MapJudge.Judge(classifier, map, mapCase, out Heatmap heatmap, options, cancellationToken);
                    figures.Add(found with { Method = method.Name });
                    if (picture)
                    {
                        pictures.Add(new MapPicture(row, method.Name, MapPictures.Draw(mapCase.Image, heatmap)));
                    }
                }
                catch (CxrModelException e) when (request.Methods.Split(',').Contains("all"))
                {
                    dropped.Add(method.Name);
                    figures.RemoveAll(f => f.Method == method.Name);
                    notes.Add($"'{method.Name}' is left out: {OneLine.Of(e)}");
                }
            }

            progress.Report(++done);
        }

        return cases.Count - read;
    }

    private void Write(string modelId, List<MapFigures> figures, MapTable table, List<MapPicture> pictures, List<string> notes)
    {
        Directory.CreateDirectory(request.Folder);
        string title = request.Phantoms is not null ? "drawn chests" : $"{request.Split} split";
        File.WriteAllText(Path.Combine(request.Folder, "maps.csv"), table.ToCsv());
        CompareCell[] cells = [.. table.Methods.SelectMany(m => table.Metrics.Select(k => (Method: m, Metric: k, Cell: table[m, k.Name])))
            .Where(c => !double.IsNaN(c.Cell.Estimate))
            .Select(c => new CompareCell(c.Method, c.Metric.Name, c.Metric.Better, c.Cell.Estimate, c.Cell.Low, c.Cell.High))];
        File.WriteAllText(Path.Combine(request.Folder, "maps.json"), ExplainJson.Of(new CompareFile(
            modelId, title, table.Images, request.Target ?? (request.Phantoms is null ? "top" : "label"), cells,
            [.. figures.Select(f => new CompareRow(f.Case.Name, f.Case.Label, f.Case.Finding, f.Method, f.Values))])));
        using StreamWriter page = File.CreateText(Path.Combine(request.Folder, "maps.html"));
        MapReportHtml.Write(page, title, modelId, figures, table, pictures, notes);
    }

    private void Show(MapTable table)
    {
        Table grid = new Table().Border(TableBorder.Simple).AddColumn("method");
        string[] shown = [.. Shown.Where(s => table.Metrics.Any(m => m.Name == s))];
        foreach (string metric in shown)
        {
            grid.AddColumn(new TableColumn(metric.Replace('_', ' ')).RightAligned());
        }

        foreach (string method in table.Methods)
        {
            grid.AddRow([method, .. shown.Select(s => Cell(table[method, s]))]);
        }

        IAnsiConsole console = Terminal.On(output);
        console.Write(grid);
        console.MarkupLine($"[grey]{table.Images} images; intervals, further figures, curves and pictures in {request.Folder.EscapeMarkup()}. {CliApp.ResearchOnly}[/]");
    }

    private static string Cell(Interval cell) => double.IsNaN(cell.Estimate) ? "" : cell.Estimate.ToString(cell.Estimate >= 10 ? "F1" : "F3", CultureInfo.InvariantCulture);
}
