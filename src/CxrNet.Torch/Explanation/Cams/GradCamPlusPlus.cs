using CxrNet.Torch.Explanation;
using static TorchSharp.torch;

namespace CxrNet.Torch;

/// <summary>Planes weighted by a mean of their positive gradients that favours small regions: A. Chattopadhay et al. 2018 (arXiv 1710.11063).</summary>
/// <remarks>At the layer's resolution; 0 or more, or signed where the options say so. The weights are w = sum relu(g) g^2 / (2 g^2 + sum(A) g^3 + 1e-6), as pytorch-grad-cam has them: without the factor exp(score).</remarks>
/// <param name="network">It stays the caller's.</param>
/// <param name="options">Layers, score, signed; the defaults where null.</param>
public sealed class GradCamPlusPlus(ExplainableNetwork network, TorchExplanationOptions? options = null) : ChannelCam(network, options)
{
    /// <inheritdoc/>
    public override string Method => "gradcam_plusplus";

    private protected override Tensor Weights(CamLayer layer)
    {
        Tensor g = layer.Gradients, squared = g * g;
        Tensor share = squared / ((2 * squared) + (layer.Activations.sum([2, 3], keepdim: true) * squared * g) + 1e-6);
        return (g.clamp_min(0) * where(g == 0, zeros_like(g), share)).sum([2, 3]);
    }
}
