using CxrNet.Torch.Explanation;
using static TorchSharp.torch;

namespace CxrNet.Torch;

/// <summary>Planes weighted pixel by pixel by their gradient, which is faithful to the head where Grad-CAM is not: R. L. Draelos, L. Carin 2020 (arXiv 2011.08891).</summary>
/// <remarks>At the layer's resolution; signed, or 0 or more where the options say so.</remarks>
/// <param name="network">It stays the caller's.</param>
/// <param name="options">Layers, score, signed; the defaults where null.</param>
public sealed class HiResCam(ExplainableNetwork network, TorchExplanationOptions? options = null) : CamExplanation(network, options)
{
    /// <inheritdoc/>
    public override string Method => "hirescam";

    private protected override CamSigns Signs => CamSigns.Kept;

    private protected override Tensor Map(CamLayer layer) => (layer.Gradients * layer.Activations).sum(1);
}
