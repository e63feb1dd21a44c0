using CxrNet.Torch.Explanation;
using static TorchSharp.torch;

namespace CxrNet.Torch;

/// <summary>Planes weighted pixel by pixel by the positive part of their gradient, made for early layers: P.-T. Jiang et al. 2021 (doi 10.1109/TIP.2021.3089943).</summary>
/// <remarks>At the layer's resolution; 0 or more, or signed where the options say so.</remarks>
/// <param name="network">It stays the caller's.</param>
/// <param name="options">Layers, score, signed; the defaults where null.</param>
public sealed class LayerCam(ExplainableNetwork network, TorchExplanationOptions? options = null) : CamExplanation(network, options)
{
    /// <inheritdoc/>
    public override string Method => "layercam";

    private protected override Tensor Map(CamLayer layer) => (layer.Gradients.clamp_min(0) * layer.Activations).sum(1);
}
