using CxrNet.Torch.Explanation;
using static TorchSharp.torch;

namespace CxrNet.Torch;

/// <summary>Planes weighted by the mean of their gradient that their own activations weigh: R. Fu et al. 2020 (arXiv 2008.02312).</summary>
/// <remarks>At the layer's resolution; 0 or more, or signed where the options say so.</remarks>
/// <param name="network">It stays the caller's.</param>
/// <param name="options">Layers, score, signed; the defaults where null.</param>
public sealed class XGradCam(ExplainableNetwork network, TorchExplanationOptions? options = null) : ChannelCam(network, options)
{
    /// <inheritdoc/>
    public override string Method => "xgradcam";

    private protected override Tensor Weights(CamLayer layer) =>
        (layer.Gradients * layer.Activations / (layer.Activations.sum([2, 3], keepdim: true) + 1e-7)).sum([2, 3]);
}
