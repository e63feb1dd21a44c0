using CxrNet.Torch.Explanation;
using static TorchSharp.torch;

namespace CxrNet.Torch;

/// <summary>Planes weighted by the mean of their gradient: R. R. Selvaraju et al. 2017 (arXiv 1610.02391).</summary>
/// <remarks>At the layer's resolution; 0 or more, or signed where the options say so.</remarks>
/// <param name="network">It stays the caller's.</param>
/// <param name="options">Layers, score, signed; the defaults where null.</param>
public sealed class GradCam(ExplainableNetwork network, TorchExplanationOptions? options = null) : ChannelCam(network, options)
{
    /// <inheritdoc/>
    public override string Method => "gradcam";

    private protected override Tensor Weights(CamLayer layer) => layer.Gradients.mean([2, 3]);
}
