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
    private const string ShuffledLabels = "shuffled labels";

    // Some maps have the image's own size.
    private const int LargestSide = 512;

    private readonly Messages _messages = new(error);
    private readonly List<MapCase> _cases = [];
    private readonly Dictionary<(string Method, MapCase Case), Heatmap> _trained = [];
    private readonly List<RandomizationRow> _rows = [];
    private readonly List<string> _notes = [];
    private int _unreadable;
    private int _failed;

    /// <summary>Methods in place of those that the request names; null for those. For tests.</summary>
    internal IReadOnlyList<ExplanationMethod>? Methods { get; init; }

    public int Run(CancellationToken cancellationToken)
    {
        string file = request.Model.File ?? request.Model.Name;
        byte[] bytes = request.Model.File is { } named ? File.ReadAllBytes(named) : BundledModels.CxrNetS.ReadAllBytes();
        IReadOnlyList<string> layers = LayersOf(bytes, file, request.Seed);
        Directory.CreateDirectory(request.Folder);
        RequireShuffledLabels();
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
                _messages.Remark($"stage {step} of {steps}: {lost.Length} of {layers.Count} layers");
                Explain(request.Model with { File = path }, $"{lost.Length} of {layers.Count} layers", cancellationToken);

                // What is known stays, whatever happens to the stages that follow.
                if (_rows.Count > 0)
                {
                    Write(modelId, layers.Count);
                }
            }

            if (shuffledLabels is not null)
            {
                Explain(request.Model with { File = shuffledLabels }, ShuffledLabels, cancellationToken);
            }

            Show(Write(modelId, layers.Count));
            return _unreadable + _failed > 0 ? 1 : 0;
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    /// <summary>A map with cells enough to be compared by structure, enlarged bilinearly where it has fewer, and no more than any network gives: the maps of all images are kept.</summary>
    internal static Heatmap Comparable(Heatmap map)
    {
        double scale = Math.Min(1, (double)LargestSide / Math.Max(map.Width, map.Height));
        (int width, int height) = Math.Min(map.Width, map.Height) < FewestCells ? (EnlargedSide, EnlargedSide) : ((int)Math.Ceiling(scale * map.Width), (int)Math.Ceiling(scale * map.Height));
        if (width == map.Width && height == map.Height)
        {
            return map;
        }

        float[] values = new float[width * height];
        Resizer.Resize(map.Values, map.Width, map.Height, values, width, height, ResizeFilter.Bilinear);
        return new Heatmap(width, height, values, map.ImageWidth, map.ImageHeight, map.Region) { Method = map.Method, Finding = map.Finding, IsSigned = map.IsSigned };
    }

    // Shuffled once before anything is explained: weights that cannot be are known at once.
    private static IReadOnlyList<string> LayersOf(byte[] bytes, string file, ulong seed)
    {
        try
        {
            IReadOnlyList<string> layers = OnnxRandomization.Layers(bytes);
            OnnxRandomization.Shuffle(bytes, layers, seed);
            return layers;
        }
        catch (InvalidDataException e)
        {
            throw new CxrModelException(file, $"'{file}' cannot forget layer by layer, which an ONNX file can: {e.Message}", e);
        }
    }

    // Its turn comes last: a file that does not fit should not cost the stages before it.
    private void RequireShuffledLabels()
    {
        if (shuffledLabels is null)
        {
            return;
        }

        using ICxrClassifier trained = request.Model.LoadAlone(), other = (request.Model with { File = shuffledLabels }).LoadAlone();
        string expected = string.Join(", ", trained.Card.Findings.Select(f => f.Name)), found = string.Join(", ", other.Card.Findings.Select(f => f.Name));
        if (found != expected)
        {
            throw new CxrModelException(shuffledLabels, $"'{shuffledLabels}' knows {found}; {expected} were expected, as of the trained network.");
        }

        // Maps of other grids, or of other parts of an image, cannot be compared.
        if (Seen(other.Card.Input) is var its && Seen(trained.Card.Input) is var own && its != own)
        {
            throw new CxrModelException(shuffledLabels, $"'{shuffledLabels}' sees {its}; {own} was expected, as of the trained network.");
        }

        static string Seen(CardInput input) => $"{input.Width} x {input.Height}, {input.Geometry}, LungHandling.{input.Lungs}";
    }

    // One stage: every method on every image, against the trained network's map. The empty stage is that network.
    private string Explain(ModelChoice model, string stage, CancellationToken cancellationToken)
    {
        CompareMapsRequest own = request with { Model = model };
        using MapBench bench = new(own, _messages);
        IReadOnlyList<ExplanationMethod> methods = Methods ?? ExplanationMethods.Parse(request.Methods, bench.Context, Note, request.IsDefaultOfMethods);
        ExplanationMethods.RequireUse(bench.Context, methods);
        bench.Require();
        if (stage.Length == 0)
        {
            Read(bench.Cases, cancellationToken);
        }

        bench.Context.Stop = cancellationToken;
        using ProgressLine progress = new(error, stage.Length == 0 ? "maps of the trained network" : $"maps of '{stage}'", methods.Count * _cases.Count);
        int done = 0;
        foreach (ExplanationMethod method in methods)
        {
            string where = stage.Length > 0 ? $" of '{stage}'" : "";
            try
            {
                using IExplanationMap map = method.Create(bench.Context);
                bool hasAny = false;
                foreach (MapCase mapCase in _cases)
                {
                    progress.Report(++done);
                    bench.Show(mapCase);
                    try
                    {
                        Keep(method.Name, stage, mapCase, Comparable(map.Explain([mapCase.Image], mapCase.Finding, cancellationToken)[0]));
                        hasAny = true;
                    }
                    catch (CxrModelException e) when (hasAny || !method.IsUnnamed)
                    {
                        // It costs that map: the image's other methods and the method's other images go on.
                        _failed++;
                        _messages.Warning($"'{method.Name}' on '{mapCase.Name}'{where}: {OneLine.Of(e)}");
                    }
                }
            }
            catch (CxrModelException e) when (method.IsUnnamed)
            {
                Note($"'{method.Name}' is left out{where}: {OneLine.Of(e)}");
            }
        }

        return bench.Card.Id;
    }

    private void Read(CompareMapsCases cases, CancellationToken cancellationToken)
    {
        for (int i = 0; i < cases.Count; i++)
        {
            if (cases.At(i, cancellationToken) is { } found)
            {
                _cases.Add(found);
            }
            else
            {
                _unreadable++;
            }
        }
    }

    private void Keep(string method, string stage, MapCase mapCase, Heatmap heatmap)
    {
        if (stage.Length == 0)
        {
            _trained[(method, mapCase)] = heatmap;
        }
        else if (_trained.TryGetValue((method, mapCase), out Heatmap? trained))
        {
            _rows.Add(new RandomizationRow(method, stage, mapCase.Subject, MapComparison.Of(trained, heatmap)));
        }
    }

    private void Note(string text)
    {
        if (!_notes.Contains(text))
        {
            _notes.Add(text);
            _messages.Remark(text);
        }
    }

    private void CopyCard(string path)
    {
        if (request.Model.File is { } file && Path.ChangeExtension(file, ".card.json") is var card && File.Exists(card))
        {
            File.Copy(card, Path.ChangeExtension(path, ".card.json"), overwrite: true);
        }
    }

    private RandomizationTable Write(string modelId, int layers)
    {
        if (_rows.Count == 0)
        {
            throw new InvalidDataException("No image could be explained.");
        }

        RandomizationTable table = RandomizationTable.Of(_rows, new BootstrapOptions { Seed = request.Seed });
        string title = request.Phantoms is not null ? "drawn chests" : $"{request.Split} split";
        string unread = _unreadable > 0 ? $" {_unreadable} more could not be read." : "";
        string[] notes =
        [
            string.Create(CultureInfo.InvariantCulture, $"{_cases.Count} images, each explained for the same finding throughout.{unread} The values of a layer's weights and biases are put into a random order (seed {request.Seed}); {layers} layers, the head's first."),
            "The controls know nothing of the network: they stay at 1, as a method would that only looks at the image.",
            .. _messages.Warnings,
            .. _notes,
        ];
        Write("randomize.csv", table.ToCsv());
        Write("randomize.json", ExplainJson.Of(new RandomizeFile(modelId, title, _cases.Count, [.. _rows.Select(r => new RandomizeRow(r.Method, r.Stage, r.Subject.Name, r.Subject.Finding, Known(r.Likeness.Spearman), Known(r.Likeness.SpearmanAbsolute), Known(r.Likeness.SsimUniform)))])));
        using StringWriter page = new();
        RandomizationHtml.Write(page, title, modelId, table, notes, apart: [ShuffledLabels]);
        Write("randomize.html", page.ToString());
        return table;
    }

    private void Write(string name, string text) => WholeFile.WriteText(Path.Combine(request.Folder, name), text);

    private void Show(RandomizationTable table)
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
        console.MarkupLine($"[grey]{_cases.Count} images; intervals and curves in {request.Folder.EscapeMarkup()}. {CliApp.ResearchOnly}[/]");
    }

    // A constant map has no ranks.
    internal static string Figure(double value) => double.IsNaN(value) ? "–" : value.ToString("F2", CultureInfo.InvariantCulture);

    // JSON has no NaN; a constant map has no ranks.
    private static double? Known(double value) => double.IsFinite(value) ? value : null;
}
