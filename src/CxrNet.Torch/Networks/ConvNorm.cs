using CxrNet.Torch.Export;
using CxrNet.Torch.Models;
using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrNet.Torch.Networks;

/// <summary>Convolution, batch normalisation and an activation. Folded, it is one convolution with a bias: the same function in inference.</summary>
internal sealed class ConvNorm : Module<Tensor, Tensor>, IOnnxExportable
{
    [ComponentName(Name = "conv")]
    private readonly Conv2d _conv;

    [ComponentName(Name = "norm")]
    private readonly BatchNorm2d? _norm;

    private readonly int _stride;
    private readonly int _padding;
    private readonly bool _padAfter;
    private readonly Activation _activation;
    private (Tensor Weight, Tensor Bias)? _adopted;

    /// <summary>Whether the convolution is computed in bfloat16, and what follows it kept in that; weights and statistics stay single. For training alone.</summary>
    public bool HalfPrecision { get; set; }

    /// <summary>Of the kernel: channels out, channels in of a group, rows, columns.</summary>
    public long[] Shape => _conv.weight.shape;

    /// <param name="inputs">Channels that come in.</param>
    /// <param name="outputs">Channels that go out.</param>
    /// <param name="kernel">Rows and columns of the kernel.</param>
    /// <param name="folded">Whether the normalisation is in the convolution already.</param>
    /// <param name="stride">Step of the kernel.</param>
    /// <param name="activation">What follows.</param>
    /// <param name="groups">1, or the number of channels for a depthwise convolution.</param>
    /// <param name="padAfter">Zeros on the right and below alone: TensorFlow's SAME at stride 2 and an even side.</param>
    public ConvNorm(int inputs, int outputs, int kernel, bool folded, int stride = 1, Activation activation = Activation.Relu, int groups = 1, bool padAfter = false)
        : base(nameof(ConvNorm))
    {
        (_stride, _padding, _padAfter, _activation) = (stride, kernel / 2, padAfter, activation);
        _conv = Conv2d(inputs, outputs, kernel, stride: stride, padding: padAfter ? 0 : kernel / 2, groups: groups, bias: folded);
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
        RunCancellation.ThrowIfRequested();
        if (_adopted is { } folded)
        {
            _adopted = null;
            return TakeOver(input, folded.Weight, folded.Bias);
        }

        Tensor x = Convolve(input);
        return Activate(_norm is null ? x : _norm.forward(x));
    }

    /// <summary>Takes folded weights over in the next pass: the normalisation gets the statistics of what comes in, and the scale and shift which undo it, so that the function stays the same.</summary>
    /// <param name="weight">Of the convolution; has to live until that pass.</param>
    /// <param name="bias">Of the convolution, likewise.</param>
    public void Adopt(Tensor weight, Tensor bias) =>
        _adopted = _norm is null ? throw new InvalidOperationException("A folded network has no normalisation to teach.") : (weight, bias);

    public string Export(OnnxGraphBuilder graph, string path, string input)
    {
        (Tensor weight, Tensor bias) = FoldedWeights();
        string output = graph.Conv(path + ".conv", input, weight, bias, _stride, _padAfter ? 0 : _padding, _padding, (int)_conv.groups);
        return _activation switch
        {
            Activation.Relu => graph.Node("Relu", path, [output]),
            Activation.Relu6 => graph.Clip(path, output, 0, 6),
            _ => output,
        };
    }

    private Tensor TakeOver(Tensor input, Tensor weight, Tensor bias)
    {
        _conv.weight.copy_(weight);
        Tensor x = Convolve(input);
        Tensor mean = x.mean([0, 2, 3]);
        Tensor variance = x.var([0, 2, 3], unbiased: false);
        _norm!.running_mean!.copy_(mean);
        _norm.running_var!.copy_(variance);
        _norm.weight!.copy_((variance + NormFolding.Epsilon).sqrt());
        _norm.bias!.copy_(mean + bias);
        return Activate(x.add_(bias.view(1, -1, 1, 1)));
    }

    private Tensor Convolve(Tensor input)
    {
        // oneDNN 3.7 has no fast way back through a strided depthwise convolution in bfloat16: 163 ms for 23 in single (96 channels, 64 x 64, batch 32).
        if (!HalfPrecision || (_conv.groups > 1 && _stride > 1))
        {
            Tensor x = _conv.forward(Padded(input.to(ScalarType.Float32)));

            // One grey channel has no order in memory for the layers behind to keep. Here and not behind the normalisation, whose way back is slow where its input and its gradient differ in it.
            return input.shape[1] == 1 ? ChannelsLast.Of(x) : x;
        }

        (long padding, Tensor? bias) = (_padAfter ? 0 : _padding, _conv.bias?.to(ScalarType.BFloat16));
        Tensor half = functional.conv2d(Padded(input.to(ScalarType.BFloat16)), _conv.weight.to(ScalarType.BFloat16), bias, [_stride, _stride], [padding, padding], groups: _conv.groups);
        return input.shape[1] == 1 ? ChannelsLast.Of(half) : half;
    }

    private Tensor Padded(Tensor input) => _padAfter ? functional.pad(input, [0, _padding, 0, _padding]) : input;

    private Tensor Activate(Tensor x) => _activation switch
    {
        Activation.Relu => x.relu_(),
        Activation.Relu6 => functional.hardtanh(x, 0, 6, inplace: true),
        _ => x,
    };

    private (Tensor Weight, Tensor Bias) FoldedWeights() => _norm is null
        ? (_conv.weight, _conv.bias!)
        : NormFolding.Fold(_conv.weight, null, _norm.weight!, _norm.bias!, _norm.running_mean!, _norm.running_var!);
}
