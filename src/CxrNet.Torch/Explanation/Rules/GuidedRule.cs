using static TorchSharp.torch;

namespace CxrNet.Torch.Explanation;

/// <summary>The gradient, but a rectifier lets it through only where the rectifier was open and the gradient is positive.</summary>
internal sealed class GuidedRule : BackwardRule
{
    public override Tensor[] Back(LayerTrace trace, Tensor arrived) =>
        trace.Back(trace.Layer.Kind == LayerKind.Rectifier ? arrived.clamp_min(0) : arrived);
}
