using static TorchSharp.torch;

namespace CxrNet.Torch.Explanation;

/// <summary>The gradient, but a rectifier rectifies it, whether it was open or not.</summary>
internal sealed class DeconvolutionRule : BackwardRule
{
    public override Tensor[] Back(LayerTrace trace, Tensor arrived) =>
        trace.Layer.Kind == LayerKind.Rectifier ? [arrived.clamp_min(0)] : trace.Back(arrived);
}
