using CxrNet.Torch.Models;
using static TorchSharp.torch;

namespace CxrNet.Torch.Explanation;

/// <summary>A network as a list of primitive operations, each of which can be watched, replaced or propagated through by a rule of its own.</summary>
/// <remarks>Immutable, its weights take no gradient; safe for concurrent use. It owns its tensors until the last of those who share it disposes of it.</remarks>
internal sealed class LayerGraph : IDisposable
{
    private readonly Layer[] _layers;
    private readonly List<Tensor> _owned;
    private readonly bool[] _matters;
    private int _owners = 1;

    public LayerGraph(IEnumerable<Layer> layers, IEnumerable<Tensor> owned, int output, int? encoder, int? features = null)
    {
        _layers = [.. layers];
        _owned = [.. owned];
        Output = output;
        Encoder = encoder;
        _matters = Array.ConvertAll(CountReads(new HashSet<int>(), [output]), static reads => reads > 0);
        Features = features ?? LastPlanes();
    }

    public IReadOnlyList<Layer> Layers => _layers;

    /// <summary>The layer of the logits, [n, findings].</summary>
    public int Output { get; }

    /// <summary>The value that the classifying part reads; null where the layers do not say which part that is.</summary>
    public int? Encoder { get; }

    /// <summary>The planes that CAMs look at where nothing else is named: those that the card names, else what the pooling nearest to the logits reads, as the ONNX backend chooses. -1 where the card names what is not in the graph.</summary>
    public int Features { get; }

    /// <summary>Computes what is wanted, and no more than is needed for it.</summary>
    /// <param name="known">Values that are given; nothing before them is computed on their account.</param>
    /// <param name="wanted">The layers whose values are wanted.</param>
    /// <param name="watch">Layers from which gradients will be asked for: their values become the start of torch's record, unless one before them is already.</param>
    /// <returns>Per layer its value, null where it was not wanted.</returns>
    public Tensor?[] Run(IReadOnlyDictionary<int, Tensor> known, IReadOnlyCollection<int> wanted, IReadOnlySet<int>? watch = null)
    {
        int[] reads = CountReads(known.Keys.ToHashSet(), wanted);
        Tensor?[] values = new Tensor?[_layers.Length];
        for (int i = 0; i < _layers.Length; i++)
        {
            if (reads[i] == 0)
            {
                continue;
            }

            RunCancellation.ThrowIfRequested();
            bool given = known.TryGetValue(i, out Tensor? value);
            value ??= _layers[i].Run(Array.ConvertAll(_layers[i].Inputs, n => values[n]!));
            if (watch is not null && watch.Contains(i) && !value.requires_grad)
            {
                value = value.detach().requires_grad_(true);
            }

            values[i] = value;
            if (!given)
            {
                Forget(_layers[i].Inputs, reads, values, known);
            }
        }

        return values;
    }

    /// <summary>Runs every layer from one on by itself, each with its own record, for a rule-by-rule way back.</summary>
    public List<LayerTrace> Trace(int from, Tensor value)
    {
        Tensor[] values = new Tensor[_layers.Length];
        values[from] = value;
        int[] reads = CountReads(new HashSet<int> { from }, [Output]);
        List<LayerTrace> traces = [];
        for (int i = from + 1; i < _layers.Length; i++)
        {
            if (reads[i] > 0)
            {
                RunCancellation.ThrowIfRequested();
                Tensor[] inputs = Array.ConvertAll(_layers[i].Inputs, n => values[n].detach().requires_grad_(true));
                Tensor output = _layers[i].Run(inputs);
                values[i] = output.detach();
                traces.Add(new LayerTrace(i, _layers[i], inputs, output));
            }
        }

        return traces;
    }

    /// <summary>The values that layers behind this one read past it: what must be known too for going on from it.</summary>
    public IEnumerable<int> Beside(int layer)
    {
        bool[] behind = Behind(layer);
        return Enumerable.Range(layer + 1, _layers.Length - layer - 1).Where(i => behind[i]).SelectMany(i => _layers[i].Inputs).Where(n => !behind[n]).Distinct();
    }

    /// <summary>Whether one layer is still needed for some others where the value of another one is given.</summary>
    public bool IsNeeded(int layer, int given, IReadOnlyCollection<int> wanted) => CountReads(new HashSet<int> { given }, wanted)[layer] > 0;

    /// <summary>Whether a layer's output is planes that the logits depend on. Others stand in a graph for its other outputs, and say nothing of a finding.</summary>
    public bool IsPlanesOfLogits(int layer) => _layers[layer].IsPlanes && _matters[layer];

    /// <summary>Whether a layer is another one or depends on it, on the way to the logits.</summary>
    public bool IsBehind(int layer, int other) => Behind(other)[layer];

    /// <summary>The planes that something constant is added to, on the way from a layer to the logits.</summary>
    public IEnumerable<int> BiasedPlanes(int start)
    {
        bool[] behind = Behind(start);
        return Enumerable.Range(0, _layers.Length).Where(i => behind[i] && i != start && _layers[i] is { IsPlanes: true, Shift: not null });
    }

    /// <summary>Planes that the logits depend on, by their layer's name; or the last such planes of a part of the network, by that part's name.</summary>
    /// <returns>The index, or -1.</returns>
    public int IndexOf(string name)
    {
        int exact = Array.FindIndex(_layers, l => l.Name == name);
        return exact >= 0 && IsPlanesOfLogits(exact)
            ? exact
            : Enumerable.Range(0, _layers.Length).LastOrDefault(i => IsPlanesOfLogits(i) && _layers[i].Name.StartsWith(name + ".", StringComparison.Ordinal), -1);
    }

    /// <summary>The same graph for another owner, who disposes of it too.</summary>
    public LayerGraph Share()
    {
        Interlocked.Increment(ref _owners);
        return this;
    }

    public void Dispose()
    {
        if (Interlocked.Decrement(ref _owners) > 0)
        {
            return;
        }

        foreach (Tensor tensor in _owned)
        {
            tensor.Dispose();
        }
    }

    // What the pooling nearest to the logits reads; where nothing pools, what is flattened.
    private int LastPlanes()
    {
        HashSet<int> seen = [];
        Queue<int> open = new([Output]);
        while (open.TryDequeue(out int layer))
        {
            if (_layers[layer].Kind is LayerKind.AveragePool or LayerKind.GlobalAveragePool or LayerKind.MaxPool)
            {
                return _layers[layer].Inputs[0];
            }

            foreach (int input in _layers[layer].Inputs.Where(seen.Add))
            {
                open.Enqueue(input);
            }
        }

        int vectors = Enumerable.Range(0, _layers.Length).FirstOrDefault(i => _matters[i] && !_layers[i].IsPlanes, -1);
        return vectors > 0 ? _layers[vectors].Inputs[0] : Output;
    }

    // Which layers depend on this one, among those that the logits depend on; itself too.
    private bool[] Behind(int layer)
    {
        bool[] behind = new bool[_layers.Length];
        behind[layer] = true;
        for (int i = layer + 1; i < _layers.Length; i++)
        {
            behind[i] = _matters[i] && _layers[i].Inputs.Any(n => behind[n]);
        }

        return behind;
    }

    private int[] CountReads(HashSet<int> known, IReadOnlyCollection<int> wanted)
    {
        int[] reads = new int[_layers.Length];
        foreach (int layer in wanted)
        {
            reads[layer]++;
        }

        for (int i = _layers.Length - 1; i > 0; i--)
        {
            if (reads[i] > 0 && !known.Contains(i))
            {
                foreach (int input in _layers[i].Inputs)
                {
                    reads[input]++;
                }
            }
        }

        return reads;
    }

    // A value goes when its last reader has run; what torch's record still needs it keeps itself.
    private static void Forget(int[] inputs, int[] reads, Tensor?[] values, IReadOnlyDictionary<int, Tensor> known)
    {
        foreach (int input in inputs)
        {
            if (--reads[input] == 0 && !known.ContainsKey(input))
            {
                values[input]!.Dispose();
                values[input] = null;
            }
        }
    }
}
