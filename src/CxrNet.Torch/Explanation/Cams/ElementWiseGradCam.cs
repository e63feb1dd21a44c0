using CxrNet.Torch.Explanation;
using static TorchSharp.torch;

namespace CxrNet.Torch;

/// <summary>The positive part of each pixel of each plane times its gradient, summed over the planes (pytorch-grad-cam's GradCAMElementWise).</summary>
/// <remarks>At the layer's resolution; 0 or more.</remarks>
/// <param name="network">It stays the caller's.</param>
/// <param name="options">Layers, score, signed; the defaults where null.</param>
public sealed class ElementWiseGradCam(ExplainableNetwork network, TorchExplanationOptions? options = null) : CamExplanation(network, options)
{
    /// <inheritdoc/>
    public override string Method => "gradcam_elementwise";

    private protected override Tensor Map(CamLayer layer) => (layer.Gradients * layer.Activations).clamp_min(0).sum(1);
}
