using CxrNet.Torch.Export;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrNet.Torch.Networks;

/// <summary>CXRNet (arXiv 2110.10813): encoder, decoder, encoder. One forward pass gives logits [n, findings] and map [n, 1, S, S]; with the feed <c>image</c> it is E2 alone, the baseline without a map.</summary>
internal sealed class CxrNetwork : Module<Tensor, (Tensor Logits, Tensor? Map)>
{
    private readonly string _feed;

    [ComponentName(Name = "map")]
    private readonly MapNetwork? _map;

    public CxrNetwork(CardNetwork network, int findings, bool folded = false)
        : base(nameof(CxrNetwork))
    {
        _feed = network.Feed ?? "product";
        _map = _feed == "image" ? null : new MapNetwork(network, folded);
        Encoder = new ClassifyingEncoder(network, findings, folded);
        PooledLength = Encoder.Width + (_map is null ? 0 : network.MapWidths[^1]);

        RegisterComponents();
    }

    /// <summary>E1 and D.</summary>
    public MapNetwork Map => _map ?? throw new InvalidOperationException("This network is E2 alone: it has no map.");

    /// <summary>Whether there are E1 and D.</summary>
    public bool HasMap => _map is not null;

    /// <summary>E2.</summary>
    [field: ComponentName(Name = "encoder")]
    public ClassifyingEncoder Encoder { get; }

    public override (Tensor Logits, Tensor? Map) forward(Tensor input)
    {
        if (_map is null)
        {
            return (Encoder.forward(input), null);
        }

        Tensor map = Map.forward(input);
        return (Encoder.forward(Feed(input, map)), map);
    }

    /// <summary>How many pooled features there are: E1's deepest planes, then E2's last ones.</summary>
    public int PooledLength { get; }

    /// <summary>The same pass, and the pooled features, [n, c]; E2 alone gives none.</summary>
    public (Tensor Logits, Tensor? Map, Tensor? Pooled) ForwardWithPooled(Tensor input)
    {
        if (_map is null)
        {
            return (Encoder.forward(input), null, null);
        }

        Tensor map = Map.Logits(input, out Tensor deepest).sigmoid();
        Tensor features = Encoder.Features(Feed(input, map));
        return (Encoder.Head(features), map, cat([deepest.mean([2, 3]), features.mean([2, 3])], 1));
    }

    /// <summary>What E2 sees: M alone, M·x (outside the map the image's own mean, 0 after standardisation), or M·x + (1 - M)·blur(x).</summary>
    public Tensor Feed(Tensor input, Tensor map) => _feed switch
    {
        "map" => map,
        "blend" => (map * input) + ((1 - map) * Blur(input)),
        _ => map * input,
    };

    /// <summary>16 x 16 average pooling, enlarged bilinearly.</summary>
    public static Tensor Blur(Tensor input) =>
        functional.interpolate(functional.avg_pool2d(input, 16), scale_factor: [16, 16], mode: InterpolationMode.Bilinear, align_corners: false);

    public void Export(OnnxGraphBuilder graph)
    {
        if (!HasMap)
        {
            Encoder.Export(graph, "encoder", "input", "logits");
            return;
        }

        string map = Map.Export(graph, "map", "input", "map", out string deepest);
        string fed = _feed switch
        {
            "map" => map,
            "blend" => ExportBlend(graph, map),
            _ => graph.Node("Mul", "feed", [map, "input"]),
        };
        (_, string pooled, _) = Encoder.Export(graph, "encoder", fed, "logits");
        graph.Concat("pooled", [graph.Flatten("map.pooled", graph.Node("GlobalAveragePool", "map.pooled", [deepest])), pooled], "pooled");
    }

    // blur + M (x - blur): the same value as M x + (1 - M) blur with one product less.
    private static string ExportBlend(OnnxGraphBuilder graph, string map)
    {
        string blur = graph.Enlarge("feed.blur", graph.AveragePool("feed.pool", "input", 16), 16);
        string detail = graph.Node("Sub", "feed.detail", ["input", blur]);
        return graph.Node("Add", "feed", [blur, graph.Node("Mul", "feed.kept", [map, detail])]);
    }
}
