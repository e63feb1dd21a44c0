using CxrNet.Torch.Explanation;
using CxrNet.Torch.Export.Schema;
using CxrNet.Torch.Networks;
using static TorchSharp.torch;

namespace CxrNet.Torch.Models;

/// <summary>A network as a list of layers: those of the field, and other people's ONNX files.</summary>
internal sealed class GraphNetwork : ILoadedNetwork
{
    private readonly LayerGraph _graph;
    private readonly int[] _wanted;
    private readonly int? _logits;
    private readonly int? _map;
    private readonly int? _pooled;
    private readonly int? _stem;

    /// <param name="graph">Operators and weights, which are copied.</param>
    /// <param name="card">Says which outputs are what.</param>
    /// <param name="source">The file's name, for errors.</param>
    /// <param name="device">Where it runs.</param>
    /// <exception cref="CxrModelException">An operator is not known, or an output is not there.</exception>
    public GraphNetwork(GraphProto graph, CxrModelCard card, string source, Device device)
    {
        if (card.Input.Layout != TensorLayout.Nchw)
        {
            throw new CxrModelException(source, $"'{source}': the card says the input layout {card.Input.Layout}; {TensorLayout.Nchw} expected.");
        }

        CardOutputs outputs = card.Outputs;
        string?[] names = [card.Task == CxrModelTask.Classification ? outputs.Logits : null, outputs.Map, card.Task == CxrModelTask.Classification ? outputs.Pooled : null];
        _graph = OnnxLayers.Read(graph, card.Input.Name, [.. names.OfType<string>()], source, device, out _wanted, card.Task == CxrModelTask.Classification ? outputs.Features : null);
        int next = 0;
        (_logits, _map, _pooled) = (Next(names[0]), Next(names[1]), Next(names[2]));
        _stem = Stem();
        PooledLength = RunOnce(card, source, device);

        int? Next(string? name) => name is null ? null : _wanted[next++];
    }

    public int PooledLength { get; }

    public (Tensor? Logits, Tensor? Map, Tensor? Pooled) Run(Tensor input)
    {
        Dictionary<int, Tensor> known = new() { [LayerGraphBuilder.Input] = input };
        if (_stem is { } stem)
        {
            // One grey channel has no order in memory for the layers behind to keep; the stem's many have.
            known = new() { [stem] = ChannelsLast.Of(_graph.Run(known, [stem])[stem]!) };
        }

        Tensor?[] values = _graph.Run(known, _wanted);
        return (Value(_logits), Value(_map), Value(_pooled));

        Tensor? Value(int? layer) => layer is { } index ? values[index] : null;
    }

    public LayerGraph? Layers(CxrModelCard card, Device device) => _logits is null ? null : _graph.Share();

    public void Dispose() => _graph.Dispose();

    private int RunOnce(CxrModelCard card, string source, Device device) => FirstPass.Of(this, card, source, device, image =>
    {
        (Tensor? logits, Tensor? map, Tensor? pooled) = Run(image);
        FirstPass.Require(source, card.Outputs.Logits, logits, [1, card.Findings.Count]);
        FirstPass.Require(source, card.Outputs.Map, map, [1, 1, card.Input.Height, card.Input.Width]);
        return pooled is null ? 0
            : pooled.shape is [1, > 0 and <= int.MaxValue and var length] ? (int)length
            : throw new CxrModelException(source, $"'{source}': output '{card.Outputs.Pooled}' is [{string.Join(", ", pooled.shape)}] for one image; [1, c] expected of pooled features.");
    });

    // The first convolution, where all outputs read the input through it alone.
    private int? Stem()
    {
        int first = _graph.Layers.Index().FirstOrDefault(static l => l.Item.Kind == LayerKind.Convolution).Index;
        return first > 0 && !_graph.IsNeeded(LayerGraphBuilder.Input, first, _wanted) ? first : null;
    }
}
