using System.Diagnostics;
using CxrNet.Cli.Commands;
using CxrNet.Evaluation;

namespace CxrNet.Cli;

/// <summary>The engines of one thread of a comparison: the model, the lungs, and a map of each method, made when first asked for.</summary>
internal sealed class MapBench : IDisposable
{
    // A method's first call pays for what later ones find ready, which can be most of its time; it is timed again, unless what it would tell is not worth the wait.
    private const double LongMilliseconds = 10_000;

    private readonly ICxrClassifier _classifier;
    private readonly ILungSegmenter? _segmenter;
    private readonly CaseLungs _lungs;
    private readonly ExplanationContext _context;
    private readonly Dictionary<string, IExplanationMap> _maps = [];

    public MapBench(CompareMapsRequest request, Messages messages)
    {
        _classifier = request.Model.LoadAlone();
        try
        {
            _segmenter = LungChoice.Load(request.Lungs, request.Model.Threads);
        }
        catch
        {
            _classifier.Dispose();
            throw;
        }

        _lungs = new CaseLungs(_segmenter, _classifier.Card);
        _context = new ExplanationContext(request.Model, _classifier, _lungs, request.Masks, request.Seed);
        Cases = new CompareMapsCases(request, _classifier, _segmenter, messages);
    }

    public CxrModelCard Card => _classifier.Card;

    public ExplanationContext Context => _context;

    public CompareMapsCases Cases { get; }

    /// <summary>The image that methods which know the lungs are asked about next.</summary>
    public void Show(MapCase mapCase) => _lungs.Show(mapCase);

    /// <summary>Makes a map and judges it.</summary>
    public ComparedMap Judge(ExplanationMethod method, MapCase mapCase, MapJudgeOptions options, out Heatmap heatmap, CancellationToken cancellationToken)
    {
        Show(mapCase);
        long started = Stopwatch.GetTimestamp();
        bool first = !_maps.TryGetValue(method.Name, out IExplanationMap? map);
        _context.Stop = cancellationToken;
        map ??= _maps[method.Name] = method.Create(_context);
        MapFigures found = MapJudge.Judge(_classifier, map, mapCase, out heatmap, options, cancellationToken);
        Dictionary<string, double> figures = new(found.Values);
        if (first && figures["ms"] < LongMilliseconds)
        {
            long again = Stopwatch.GetTimestamp();
            map.Explain([mapCase.Image], mapCase.Finding, cancellationToken);
            figures["ms"] = Stopwatch.GetElapsedTime(again).TotalMilliseconds;
        }

        return new ComparedMap(Stopwatch.GetElapsedTime(started).TotalSeconds, figures, found.Insertion, found.Deletion);
    }

    public void Dispose()
    {
        foreach (IExplanationMap map in _maps.Values)
        {
            map.Dispose();
        }

        _context.Dispose();
        _segmenter?.Dispose();
        _classifier.Dispose();
    }
}
