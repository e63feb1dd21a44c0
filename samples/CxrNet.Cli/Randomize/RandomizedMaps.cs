using CxrNet.Evaluation;

namespace CxrNet.Cli;

/// <summary>The maps of the same images stage by stage, each compared with that of the trained network.</summary>
internal sealed class RandomizedMaps(CompareMapsRequest request, Messages messages, TextWriter error)
{
    private readonly List<MapCase> _cases = [];
    private readonly Dictionary<(string Method, MapCase Case), Heatmap> _trained = [];
    private readonly List<RandomizationRow> _rows = [];
    private readonly List<string> _notes = [];

    /// <summary>Methods in place of those that the request names; null for those.</summary>
    public IReadOnlyList<ExplanationMethod>? Methods { get; init; }

    /// <summary>What was compared until now.</summary>
    public IReadOnlyList<RandomizationRow> Rows => _rows;

    /// <summary>Which methods were left out, and why.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Images that could be read.</summary>
    public int Images => _cases.Count;

    /// <summary>Images that could not.</summary>
    public int Unreadable { get; private set; }

    /// <summary>Maps that could not be made.</summary>
    public int Failed { get; private set; }

    /// <summary>Reads the images and explains them by the trained network, whose maps are kept.</summary>
    /// <returns>The card's id.</returns>
    public string ExplainTrained(CancellationToken cancellationToken) => Explain(request.Model, "", cancellationToken);

    /// <summary>Explains them by another network.</summary>
    public void ExplainStage(ModelChoice model, string stage, CancellationToken cancellationToken) => Explain(model, stage, cancellationToken);

    // Every method on every image. The empty stage is the trained network.
    private string Explain(ModelChoice model, string stage, CancellationToken cancellationToken)
    {
        CompareMapsRequest own = request with { Model = model };
        using MapBench bench = new(own, messages);
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
                        Keep(method.Name, stage, mapCase, ComparableMap.Of(map.Explain([mapCase.Image], mapCase.Finding, cancellationToken)[0]));
                        hasAny = true;
                    }
                    catch (CxrModelException e) when (hasAny || !method.IsUnnamed || stage.Length > 0)
                    {
                        // It costs that map: the image's other methods and the method's other images go on.
                        Failed++;
                        messages.Warning($"'{method.Name}' on '{mapCase.Name}'{where}: {OneLine.Of(e)}");
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
                Unreadable++;
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
            messages.Remark(text);
        }
    }
}
