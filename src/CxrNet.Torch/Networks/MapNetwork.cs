using CxrNet.Torch.Export;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrNet.Torch.Networks;

/// <summary>E1 and D: a U-Net whose 1x1 convolution and sigmoid give the map M in 0 … 1 at the input's resolution. A lung segmenter is the same network.</summary>
internal sealed class MapNetwork : Module<Tensor, Tensor>
{
    private readonly int _stride;

    [ComponentName(Name = "stem")]
    private readonly ConvNorm? _stem;

    [ComponentName(Name = "down")]
    private readonly ModuleList<PlainBlock> _down = ModuleList<PlainBlock>();

    [ComponentName(Name = "up")]
    private readonly ModuleList<PlainBlock> _up = ModuleList<PlainBlock>();

    [ComponentName(Name = "out")]
    private readonly Conv2d _out;

    public MapNetwork(CardNetwork network, bool folded)
        : base(nameof(MapNetwork))
    {
        IReadOnlyList<int> widths = network.MapWidths;
        _stride = network.MapStride;
        if (_stride > 1)
        {
            _stem = new ConvNorm(1, widths[0], 5, folded, stride: _stride);
        }

        for (int level = 0; level < widths.Count; level++)
        {
            int inputs = level == 0 ? (_stem is null ? 1 : widths[0]) : widths[level - 1];
            _down.Add(new PlainBlock(inputs, widths[level], folded, pool: level > 0));
        }

        for (int level = widths.Count - 2; level >= 0; level--)
        {
            _up.Add(new PlainBlock(widths[level + 1] + widths[level], widths[level], folded));
        }

        _out = Conv2d(widths[0], 1, 1);

        RegisterComponents();
    }

    /// <summary>M before the sigmoid, [n, 1, S, S].</summary>
    public Tensor Logits(Tensor input) => Logits(input, out _);

    /// <summary>The same, and the planes of the deepest level, [n, c, h, w].</summary>
    public Tensor Logits(Tensor input, out Tensor deepest)
    {
        List<Tensor> skips = [];
        Tensor x = _stem is null ? input : _stem.forward(input);
        foreach (PlainBlock block in _down)
        {
            x = block.forward(x);
            skips.Add(x);
        }

        deepest = x;
        int level = skips.Count - 2;
        foreach (PlainBlock block in _up)
        {
            x = block.forward(cat([Enlarge(x, 2), skips[level--]], 1));
        }

        x = _out.forward(x.to(ScalarType.Float32));
        return _stride > 1 ? Enlarge(x, _stride) : x;
    }

    public override Tensor forward(Tensor input) => Logits(input).sigmoid();

    public string Export(OnnxGraphBuilder graph, string path, string input, string output) => Export(graph, path, input, output, out _);

    /// <summary>The same, and the name of the planes of the deepest level.</summary>
    public string Export(OnnxGraphBuilder graph, string path, string input, string output, out string deepest)
    {
        string x = _stem is null ? input : _stem.Export(graph, path + ".stem", input);
        List<string> skips = [];
        for (int level = 0; level < _down.Count; level++)
        {
            x = _down[level].Export(graph, $"{path}.down.{level}", x);
            skips.Add(x);
        }

        deepest = x;
        for (int i = 0; i < _up.Count; i++)
        {
            string enlarged = graph.Enlarge($"{path}.up.{i}.enlarge", x, 2);
            x = _up[i].Export(graph, $"{path}.up.{i}", graph.Concat($"{path}.up.{i}.skip", [enlarged, skips[_down.Count - 2 - i]]));
        }

        x = graph.Conv(path + ".out", x, _out.weight, _out.bias!, 1, 0, 0);
        x = _stride > 1 ? graph.Enlarge(path + ".enlarge", x, _stride) : x;
        return graph.Node("Sigmoid", path, [x], output);
    }

    // Bilinear: nearest neighbours or transposed convolutions leave a grid in the map.
    private static Tensor Enlarge(Tensor x, int factor) =>
        functional.interpolate(x, scale_factor: [factor, factor], mode: InterpolationMode.Bilinear, align_corners: false);
}
