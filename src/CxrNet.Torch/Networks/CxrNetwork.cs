using CxrNet.Torch.Export;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrNet.Torch.Networks;

/// <summary>CXRNet (arXiv 2110.10813): encoder, decoder, encoder. One forward pass gives logits [n, findings] and map [n, 1, S, S].</summary>
internal sealed class CxrNetwork : Module<Tensor, (Tensor Logits, Tensor Map)>
{
    private readonly string _feed;
    private readonly int _pooledLength;

    public CxrNetwork(CardNetwork network, int findings, bool folded = false)
        : base(nameof(CxrNetwork))
    {
        _feed = network.Feed ?? "product";
        Map = new MapNetwork(network, folded);
        Encoder = new ClassifyingEncoder(network, findings, folded);
        _pooledLength = network.MapWidths[^1] + Encoder.Width;

        RegisterComponents();
    }

    /// <summary>E1 and D.</summary>
    [field: ComponentName(Name = "map")]
    public MapNetwork Map { get; }

    /// <summary>E2.</summary>
    [field: ComponentName(Name = "encoder")]
    public ClassifyingEncoder Encoder { get; }

    public override (Tensor Logits, Tensor Map) forward(Tensor input)
    {
        Tensor map = Map.forward(input);
        return (Encoder.forward(Feed(input, map)), map);
    }

    /// <summary>How many pooled features there are: E1's deepest planes, then E2's last ones.</summary>
    public int PooledLength => _pooledLength;

    /// <summary>The same pass, and the pooled features, [n, c].</summary>
    public (Tensor Logits, Tensor Map, Tensor Pooled) ForwardWithPooled(Tensor input)
    {
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
