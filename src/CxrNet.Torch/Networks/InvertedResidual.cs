using CxrNet.Torch.Export;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrNet.Torch.Networks;

/// <summary>MobileNetV2's block (Sandler et al. 2018, arXiv 1801.04381): widen, filter each channel by itself, project; a shortcut where size and width stay.</summary>
internal sealed class InvertedResidual : Module<Tensor, Tensor>, IOnnxExportable
{
    private readonly bool _shortcut;

    [ComponentName(Name = "expand")]
    private readonly ConvNorm? _expand;

    [ComponentName(Name = "depthwise")]
    private readonly ConvNorm _depthwise;

    [ComponentName(Name = "project")]
    private readonly ConvNorm _project;

    public InvertedResidual(int inputs, int outputs, int stride, int expansion, bool folded)
        : base(nameof(InvertedResidual))
    {
        int hidden = inputs * expansion;
        _shortcut = stride == 1 && inputs == outputs;
        _expand = expansion == 1 ? null : new ConvNorm(inputs, hidden, 1, folded, activation: Activation.Relu6);
        _depthwise = new ConvNorm(hidden, hidden, 3, folded, stride, Activation.Relu6, groups: hidden, padAfter: stride == 2);
        _project = new ConvNorm(hidden, outputs, 1, folded, activation: Activation.None);

        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        Tensor x = _project.forward(_depthwise.forward(_expand is null ? input : _expand.forward(input)));
        return _shortcut ? x + input : x;
    }

    /// <summary>Takes the weights of torchvision's <c>features.i</c> over in the next pass.</summary>
    public void Adopt(IReadOnlyDictionary<string, Tensor> weights, string features)
    {
        int part = 0;
        _expand?.Adopt(weights[$"{features}.conv.{part}.0.weight"], weights[$"{features}.conv.{part++}.0.bias"]);
        _depthwise.Adopt(weights[$"{features}.conv.{part}.0.weight"], weights[$"{features}.conv.{part++}.0.bias"]);
        _project.Adopt(weights[$"{features}.conv.{part}.weight"], weights[$"{features}.conv.{part}.bias"]);
    }

    public string Export(OnnxGraphBuilder graph, string path, string input)
    {
        string x = _expand is null ? input : _expand.Export(graph, path + ".expand", input);
        x = _project.Export(graph, path + ".project", _depthwise.Export(graph, path + ".depthwise", x));
        return _shortcut ? graph.Node("Add", path, [x, input]) : x;
    }
}
