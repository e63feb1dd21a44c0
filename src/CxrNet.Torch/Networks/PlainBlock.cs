using CxrNet.Torch.Export;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrNet.Torch.Networks;

/// <summary>U-Net's two 3x3 convolutions (Ronneberger et al. 2015), after a 2x2 max-pooling where it goes one level down.</summary>
internal sealed class PlainBlock : Module<Tensor, Tensor>, IOnnxExportable
{
    private readonly bool _pool;

    [ComponentName(Name = "first")]
    private readonly ConvNorm _first;

    [ComponentName(Name = "second")]
    private readonly ConvNorm _second;

    public PlainBlock(int inputs, int outputs, bool folded, bool pool = false)
        : base(nameof(PlainBlock))
    {
        _pool = pool;
        _first = new ConvNorm(inputs, outputs, 3, folded);
        _second = new ConvNorm(outputs, outputs, 3, folded);

        RegisterComponents();
    }

    public override Tensor forward(Tensor input) =>
        _second.forward(_first.forward(_pool ? functional.max_pool2d(input, 2) : input));

    public string Export(OnnxGraphBuilder graph, string path, string input)
    {
        string x = _pool ? graph.MaxPool(path + ".pool", input, 2) : input;
        return _second.Export(graph, path + ".second", _first.Export(graph, path + ".first", x));
    }
}
