using CxrNet.Torch.Export;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrNet.Torch.Networks;

/// <summary>Convolution, batch normalisation and, where asked for, ReLU. Folded, it is one convolution with a bias: the same function in inference.</summary>
internal sealed class ConvNorm : Module<Tensor, Tensor>, IOnnxExportable
{
    [ComponentName(Name = "conv")]
    private readonly Conv2d _conv;

    [ComponentName(Name = "norm")]
    private readonly BatchNorm2d? _norm;

    private readonly int _stride;
    private readonly int _padding;
    private readonly bool _relu;

    public ConvNorm(int inputs, int outputs, int kernel, bool folded, int stride = 1, bool relu = true)
        : base(nameof(ConvNorm))
    {
        (_stride, _padding, _relu) = (stride, kernel / 2, relu);
        _conv = Conv2d(inputs, outputs, kernel, stride: stride, padding: kernel / 2, bias: folded);
        if (!folded)
        {
            _norm = BatchNorm2d(outputs);

            // He initialisation: the ReLU behind halves the variance.
            init.kaiming_normal_(_conv.weight, mode: init.FanInOut.FanOut, nonlinearity: init.NonlinearityType.ReLU);
        }

        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        Tensor x = _conv.forward(input);
        x = _norm is null ? x : _norm.forward(x);
        return _relu ? x.relu_() : x;
    }

    public string Export(OnnxGraphBuilder graph, string path, string input)
    {
        (Tensor weight, Tensor bias) = FoldedWeights();
        string output = graph.Conv(path + ".conv", input, weight, bias, _stride, _padding);
        return _relu ? graph.Node("Relu", path, [output]) : output;
    }

    // w' = w * gamma / sqrt(var + eps), b' = beta - mean * gamma / sqrt(var + eps), in double: rounding once, not twice.
    private (Tensor Weight, Tensor Bias) FoldedWeights()
    {
        if (_norm is null)
        {
            return (_conv.weight, _conv.bias!);
        }

        Tensor scale = _norm.weight!.to(ScalarType.Float64) / (_norm.running_var!.to(ScalarType.Float64) + 1e-5).sqrt();
        Tensor weight = _conv.weight.to(ScalarType.Float64) * scale.view(-1, 1, 1, 1);
        Tensor bias = _norm.bias!.to(ScalarType.Float64) - (_norm.running_mean!.to(ScalarType.Float64) * scale);
        return (weight.to(ScalarType.Float32), bias.to(ScalarType.Float32));
    }
}
