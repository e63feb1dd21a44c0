using System.Diagnostics;
using System.Numerics.Tensors;
using CxrNet.Evaluation;

namespace CxrNet.Cli;

/// <summary>The engines of one thread of a comparison: the model, the lungs, the evaluator of EVAL-X, and a map of each method, made when first asked for.</summary>
internal sealed class MapBench : IDisposable
{
    // A method's first call pays for what later ones find ready, which can be most of its time; it is timed again, unless what it would tell is not worth the wait.
    private const double LongMilliseconds = 10_000;

    private readonly ICxrClassifier _classifier;
    private readonly ILungSegmenter? _segmenter;
    private readonly CaseLungs _lungs;
    private readonly ExplanationContext _context;
    private readonly ICxrClassifier? _evaluator;
    private readonly Dictionary<string, IExplanationMap> _maps = [];
    private readonly Dictionary<string, TimeSpan> _making = [];

    public MapBench(CompareMapsRequest request, Messages messages)
    {
        _classifier = request.Model.LoadAlone();
        try
        {
            _segmenter = LungChoice.Load(request.Lungs, request.Model.Threads);
            _evaluator = request.Evaluator is { } file ? (request.Model with { File = file, Backend = BackendOf(file) }).LoadAlone() : null;
        }
        catch
        {
            _segmenter?.Dispose();
            _classifier.Dispose();
            throw;
        }

        _lungs = new CaseLungs(_segmenter, _classifier);
        _context = new ExplanationContext(request.Model, _classifier, _lungs, request.Masks, request.Seed) { Layers = request.Layers, FeatureTensor = request.Features };
        Cases = new CompareMapsCases(request, _classifier, _segmenter, messages);
    }

    public CxrModelCard Card => _classifier.Card;

    /// <summary>Null where there is no segmenter.</summary>
    public CxrModelCard? SegmenterCard => _segmenter?.Card;

    /// <summary>Null where there is no evaluator.</summary>
    public CxrModelCard? EvaluatorCard => _evaluator?.Card;

    public ExplanationContext Context => _context;

    public CompareMapsCases Cases { get; }

    /// <summary>The image that methods which know the lungs are asked about next.</summary>
    public void Show(MapCase mapCase) => _lungs.Show(mapCase);

    /// <summary>Refuses what would fail on every image, before anything is done for it.</summary>
    /// <exception cref="CxrModelException">The evaluator sees other lungs than the model, or does not know a label.</exception>
    public void Require()
    {
        Cases.Require();
        if (EvaluatorCard is not { } card)
        {
            return;
        }

        if (card.Input.Lungs != Card.Input.Lungs)
        {
            throw new CxrModelException(card.Id, $"'{card.Id}' sees images with LungHandling.{card.Input.Lungs}, '{Card.Id}' with LungHandling.{Card.Input.Lungs}: an evaluator sees the same.");
        }

        string[] names = [.. card.Findings.Where(static f => f.IsTrained).Select(static f => f.Name)];
        if (Cases.Labels.FirstOrDefault(label => !names.Contains(label)) is { } unknown)
        {
            throw new CxrModelException(card.Id, $"An image is labelled '{unknown}'; the evaluator '{card.Id}' knows {string.Join(", ", names)}.");
        }
    }

    /// <summary>Makes a method's map, unless it is made.</summary>
    public void Make(ExplanationMethod method, CancellationToken cancellationToken)
    {
        if (!_maps.ContainsKey(method.Name))
        {
            long started = Stopwatch.GetTimestamp();
            _context.Stop = cancellationToken;
            _maps[method.Name] = method.Create(_context);
            _making[method.Name] = Stopwatch.GetElapsedTime(started);
        }
    }

    /// <summary>Explains without judging.</summary>
    public Heatmap Explain(ExplanationMethod method, MapCase mapCase, CancellationToken cancellationToken)
    {
        Show(mapCase);
        Make(method, cancellationToken);
        return _maps[method.Name].Explain(mapCase.Image, mapCase.Finding, cancellationToken);
    }

    /// <summary>Explains and judges.</summary>
    public ComparedMap Judge(ExplanationMethod method, MapCase mapCase, MapJudgeOptions options, out Heatmap heatmap, CancellationToken cancellationToken)
    {
        Show(mapCase);
        Make(method, cancellationToken);
        long started = Stopwatch.GetTimestamp();
        IExplanationMap map = _maps[method.Name];
        bool first = _making.Remove(method.Name, out TimeSpan making);
        MapFigures found = MapJudge.Judge(_classifier, map, mapCase, out heatmap, options, cancellationToken);
        RequireNumbers(heatmap, found);
        Dictionary<string, double> figures = new(found.Values);
        if (first && figures["ms"] < LongMilliseconds)
        {
            long again = Stopwatch.GetTimestamp();
            map.Explain([mapCase.Image], mapCase.Finding, cancellationToken);
            figures["ms"] = Stopwatch.GetElapsedTime(again).TotalMilliseconds;
        }

        if (_evaluator is not null)
        {
            foreach ((string name, double figure) in EvalX.Ask(_evaluator, mapCase.Image, mapCase.Label, heatmap, cancellationToken: cancellationToken).ToFigures())
            {
                figures[name] = figure;
            }
        }

        return new ComparedMap((making + Stopwatch.GetElapsedTime(started)).TotalSeconds, figures, found.Insertion, found.Deletion);
    }

    public void Dispose()
    {
        foreach (IExplanationMap map in _maps.Values)
        {
            map.Dispose();
        }

        _context.Dispose();
        _evaluator?.Dispose();
        _segmenter?.Dispose();
        _classifier.Dispose();
    }

    // Files have no infinity, and no figure of such a map says anything.
    private static void RequireNumbers(Heatmap heatmap, MapFigures found)
    {
        if (!TensorPrimitives.IsFiniteAll(heatmap.Values))
        {
            throw new InvalidDataException("The map holds values that are no finite numbers.");
        }

        if (found.Values.FirstOrDefault(static f => !double.IsFinite(f.Value)) is { Key: { } name })
        {
            throw new InvalidDataException($"The figure '{name}' is no finite number.");
        }
    }

    private static string BackendOf(string file) => Path.GetExtension(file).Equals(".safetensors", StringComparison.OrdinalIgnoreCase) ? "torch" : "onnx";
}
