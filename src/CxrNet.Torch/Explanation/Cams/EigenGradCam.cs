using CxrNet.Torch.Explanation;
using static TorchSharp.torch;

namespace CxrNet.Torch;

/// <summary>The first principal component of the planes times their gradient (pytorch-grad-cam's EigenGradCAM).</summary>
/// <remarks>At the layer's resolution; 0 or more, or signed where the options say so. The sign of a principal component is arbitrary; here it is the one that goes with the sum of the planes.</remarks>
/// <param name="network">It stays the caller's.</param>
/// <param name="options">Layers, score, signed; the defaults where null.</param>
public sealed class EigenGradCam(ExplainableNetwork network, TorchExplanationOptions? options = null) : CamExplanation(network, options)
{
    /// <inheritdoc/>
    public override string Method => "eigengradcam";

    private protected override Tensor Map(CamLayer layer) => Principal.Component(layer.Gradients * layer.Activations);
}
