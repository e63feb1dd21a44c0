using System.Globalization;
using CxrNet.Evaluation;
using CxrNet.Models;
using CxrNet.Onnx;
using Spectre.Console;

namespace CxrNet.Cli.Commands;

/// <summary>Explains the same images by the trained network and by what is left of it stage by stage.</summary>
internal sealed class RandomizeJob(CompareMapsRequest request, int stages, string? shuffledLabels, TextWriter output, TextWriter error)
{
    // SSIM looks through windows of 7 x 7, and CAMs have as few as 6 x 6 cells: such maps are enlarged before they are compared.
    private const int FewestCells = 32;
    private const int EnlargedSide = 64;

    private readonly List<MapCase> _cases = [];
    private readonly Dictionary<(string Method, MapCase Case), Heatmap> _trained = [];
    private readonly List<RandomizationRow> _rows = [];
    private readonly List<string> _notes = [];

    public int Run(CancellationToken cancellationToken)
    {
        string file = request.Model.File ?? request.Model.Name;
        byte[] bytes = request.Model.File is { } named ? File.ReadAllBytes(named) : BundledModels.CxrNetS.ReadAllBytes();
        IReadOnlyList<string> layers = LayersOf(bytes, file);
        string scratch = Directory.CreateTempSubdirectory("cxrnet-randomize-").FullName;
        try
        {
            string modelId = Explain(request.Model, "", cancellationToken);
            int steps = Math.Min(stages, layers.Count);
            for (int step = 1; step <= steps; step++)
            {
                string[] lost = [.. layers.Take((int)Math.Round((double)step * layers.Count / steps))];
                string path = Path.Combine(scratch, "forgotten.onnx");
                File.WriteAllBytes(path, OnnxRandomization.Shuffle(bytes, lost, request.Seed));
                CopyCard(path);
                error.WriteLine($"stage {step} of {steps}: {lost.Length} of {layers.Count} layers");
                Explain(request.Model with { File = path }, $"{lost.Length} of {layers.Count} layers", cancellationToken);
            }

            if (shuffledLabels is not null)
            {
                Explain(request.Model with { File = shuffledLabels }, "shuffled labels", cancellationToken);
            }

            Write(modelId, layers.Count);
            return 0;
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    /// <summary>A map with cells enough to be compared by structure, enlarged bilinearly where it has fewer.</summary>
    internal static Heatmap Comparable(Heatmap map)
    {
        if (Math.Min(map.Width, map.Height) >= FewestCells)
        {
            return map;
        }

        float[] values = new float[EnlargedSide * EnlargedSide];
        Resizer.Resize(map.Values, map.Width, map.Height, values, EnlargedSide, EnlargedSide, ResizeFilter.Bilinear);
        return new Heatmap(EnlargedSide, EnlargedSide, values, map.ImageWidth, map.ImageHeight, map.Region) { Method = map.Method, Finding = map.Finding, IsSigned = map.IsSigned };
    }

    private static IReadOnlyList<string> LayersOf(byte[] bytes, string file)
    {
        try
        {
            return OnnxRandomization.Layers(bytes);
        }
        catch (InvalidDataException e)
        {
            throw new CxrModelException(file, $"'{file}' cannot forget layer by layer, which an ONNX file can: {e.Message}", e);
        }
    }

    // One stage: every method on every image, against the trained network's map. The empty stage is that network.
    private string Explain(ModelChoice model, string stage, CancellationToken cancellationToken)
    {
        CompareMapsRequest own = request with { Model = model };
        using MapBench bench = new(own, new Messages(error));
        if (stage.Length == 0)
        {
            for (int i = 0; i < bench.Cases.Count; i++)
            {
                if (bench.Cases.At(i, cancellationToken) is { } found)
                {
                    _cases.Add(found);
                }
            }
        }

        IReadOnlyList<ExplanationMethod> methods = ExplanationMethods.Parse(request.Methods, bench.Context, text => Note(text));
        foreach (ExplanationMethod method in methods)
        {
            using IExplanationMap map = method.Create(bench.Context);
            foreach (MapCase mapCase in _cases)
            {
                bench.Show(mapCase);
                try
                {
                    Heatmap heatmap = Comparable(map.Explain([mapCase.Image], mapCase.Finding, cancellationToken)[0]);
                    if (stage.Length == 0)
                    {
                        _trained[(method.Name, mapCase)] = heatmap;
                    }
                    else if (_trained.TryGetValue((method.Name, mapCase), out Heatmap? trained))
                    {
                        _rows.Add(new RandomizationRow(method.Name, stage, mapCase.Subject, MapComparison.Of(trained, heatmap)));
                    }
                }
                catch (CxrModelException e) when (request.Methods.Split(',').Contains("all"))
                {
                    Note($"'{method.Name}' is left out{(stage.Length > 0 ? $" of '{stage}'" : "")}: {OneLine.Of(e)}");
                    break;
                }
            }
        }

        return bench.Card.Id;
    }

    private void Note(string text)
    {
        if (!_notes.Contains(text))
        {
            _notes.Add(text);
            error.WriteLine(text);
        }
    }

    private void CopyCard(string path)
    {
        if (request.Model.File is { } file && Path.ChangeExtension(file, ".card.json") is var card && File.Exists(card))
        {
            File.Copy(card, Path.ChangeExtension(path, ".card.json"), overwrite: true);
        }
    }

    private void Write(string modelId, int layers)
    {
        if (_rows.Count == 0)
        {
            throw new InvalidDataException("No image could be explained.");
        }

        RandomizationTable table = RandomizationTable.Of(_rows, new BootstrapOptions { Seed = request.Seed });
        string title = request.Phantoms is not null ? "drawn chests" : $"{request.Split} split";
        _notes.Insert(0, string.Create(CultureInfo.InvariantCulture, $"{_cases.Count} images, each explained for the same finding throughout. The values of a layer's weights and biases are put into a random order (seed {request.Seed}); {layers} layers, the head's first."));
        _notes.Insert(1, "The controls know nothing of the network: they stay at 1, as a method would that only looks at the image.");
        Directory.CreateDirectory(request.Folder);
        File.WriteAllText(Path.Combine(request.Folder, "randomize.csv"), table.ToCsv());
        File.WriteAllText(Path.Combine(request.Folder, "randomize.json"), ExplainJson.Of(new RandomizeFile(modelId, title, _cases.Count, [.. _rows.Select(r => new RandomizeRow(r.Method, r.Stage, r.Subject.Name, r.Subject.Finding, Known(r.Likeness.Spearman), Known(r.Likeness.SpearmanAbsolute), Known(r.Likeness.SsimUniform)))])));
        using (StreamWriter page = File.CreateText(Path.Combine(request.Folder, "randomize.html")))
        {
            RandomizationHtml.Write(page, title, modelId, table, _notes);
        }

        Table grid = new Table().Border(TableBorder.Simple).AddColumn("Spearman (SSIM)");
        foreach (string stage in table.Stages)
        {
            grid.AddColumn(new TableColumn(stage).RightAligned());
        }

        foreach (string method in table.Methods)
        {
            grid.AddRow([method, .. table.Stages.Select(s => string.Create(CultureInfo.InvariantCulture, $"{table.Spearman(method, s).Estimate:F2} ({table.Ssim(method, s).Estimate:F2})"))]);
        }

        IAnsiConsole console = Terminal.On(output);
        console.Write(grid);
        console.MarkupLine($"[grey]{_cases.Count} images; intervals and curves in {request.Folder.EscapeMarkup()}. {CliApp.ResearchOnly}[/]");
    }

    // JSON has no NaN; a constant map has no ranks.
    private static double? Known(double value) => double.IsFinite(value) ? value : null;
}
