using CxrNet.Torch.Export;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrNet.Torch.Networks;

/// <summary>E2: an encoder, global average pooling, one linear layer.</summary>
internal sealed class ClassifyingEncoder : Module<Tensor, Tensor>
{
    [ComponentName(Name = "stem")]
    private readonly ConvNorm? _stem;

    [ComponentName(Name = "levels")]
    private readonly ModuleList<Module<Tensor, Tensor>> _levels = ModuleList<Module<Tensor, Tensor>>();

    [ComponentName(Name = "head")]
    private readonly Linear _head;

    public ClassifyingEncoder(CardNetwork network, int findings, bool folded)
        : base(nameof(ClassifyingEncoder))
    {
        IReadOnlyList<int> widths = network.EncoderWidths;
        if (network.Block == "mobilenet-v2")
        {
            _stem = MobileNetV2.Stem(folded);
            foreach (Module<Tensor, Tensor> level in MobileNetV2.Levels(folded))
            {
                _levels.Add(level);
            }
        }
        else if (network.Block == "residual")
        {
            // A 5x5 stem at stride 2: the finest level costs most and says least.
            _stem = new ConvNorm(1, widths[0], 5, folded, stride: 2);
            for (int level = 1; level < widths.Count; level++)
            {
                _levels.Add(new ResidualBlock(widths[level - 1], widths[level], 2, folded));
            }
        }
        else
        {
            for (int level = 0; level < widths.Count; level++)
            {
                _levels.Add(new PlainBlock(level == 0 ? 1 : widths[level - 1], widths[level], folded, pool: level > 0));
            }
        }

        _head = Linear(network.Block == "mobilenet-v2" ? MobileNetV2.LastWidth : widths[^1], findings);

        RegisterComponents();
    }

    /// <summary>The last feature planes, [n, c, h, w].</summary>
    public Tensor Features(Tensor input) => Features(input, null);

    /// <summary>The same, with something done to the early planes: behind the stem and behind the first levels.</summary>
    public Tensor Features(Tensor input, Func<Tensor, Tensor>? early)
    {
        Tensor x = _stem is null ? input : _stem.forward(input);
        x = early is null ? x : early(x);
        int i = 0;
        foreach (Module<Tensor, Tensor> level in _levels)
        {
            x = level.forward(x);
            x = early is not null && ++i is 2 or 4 ? early!(x) : x;
        }

        return x;
    }

    public override Tensor forward(Tensor input) => Head(Features(input));

    /// <summary>How many feature planes there are.</summary>
    public int Width => (int)_head.weight.shape[1];

    /// <summary>From the feature planes to the logits.</summary>
    public Tensor Head(Tensor features) => _head.forward(features.to(ScalarType.Float32).mean([2, 3]));

    /// <summary>Whether <see cref="Adopt"/> can be asked for.</summary>
    public bool IsMobileNetV2 => _levels[0] is InvertedResidual;

    /// <summary>Starts from ImageNet's weights; the normalisations take the statistics of the images.</summary>
    /// <param name="weights">What <see cref="TorchvisionMobileNetV2.Folded"/> gave.</param>
    /// <param name="input">Standardised images, [n, 1, S, S].</param>
    public void Adopt(IReadOnlyDictionary<string, Tensor> weights, Tensor input)
    {
        MobileNetV2.Adopt(_stem!, _levels, weights);
        Features(input);
    }

    public (string Features, string Pooled, string Logits) Export(OnnxGraphBuilder graph, string path, string input, string logits)
    {
        string x = _stem is null ? input : _stem.Export(graph, path + ".stem", input);
        int level = 0;
        foreach (Module<Tensor, Tensor> module in _levels)
        {
            x = ((IOnnxExportable)module).Export(graph, $"{path}.levels.{level++}", x);
        }

        string pooled = graph.Flatten(path + ".flat", graph.Node("GlobalAveragePool", path + ".pool", [x]));
        return (x, pooled, graph.Gemm(path + ".head", pooled, _head.weight, _head.bias!, logits));
    }
}
