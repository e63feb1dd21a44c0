using CxrNet.Torch.Export;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrNet.Torch.Networks;

/// <summary>Two 3x3 convolutions around a shortcut (He et al. 2016); the first one may stride, the shortcut then projects.</summary>
internal sealed class ResidualBlock : Module<Tensor, Tensor>, IOnnxExportable
{
    [ComponentName(Name = "first")]
    private readonly ConvNorm _first;

    [ComponentName(Name = "second")]
    private readonly ConvNorm _second;

    [ComponentName(Name = "shortcut")]
    private readonly ConvNorm? _shortcut;

    public ResidualBlock(int inputs, int outputs, int stride, bool folded)
        : base(nameof(ResidualBlock))
    {
        _first = new ConvNorm(inputs, outputs, 3, folded, stride);
        _second = new ConvNorm(outputs, outputs, 3, folded, activation: Activation.None);
        if (inputs != outputs || stride != 1)
        {
            _shortcut = new ConvNorm(inputs, outputs, 1, folded, stride, activation: Activation.None);
        }

        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        Tensor x = _second.forward(_first.forward(input));
        return (x + (_shortcut is null ? input : _shortcut.forward(input))).relu_();
    }

    public string Export(OnnxGraphBuilder graph, string path, string input)
    {
        string x = _second.Export(graph, path + ".second", _first.Export(graph, path + ".first", input));
        string shortcut = _shortcut is null ? input : _shortcut.Export(graph, path + ".shortcut", input);
        return graph.Node("Relu", path, [graph.Node("Add", path + ".sum", [x, shortcut])]);
    }
}
