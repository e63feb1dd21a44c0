using CxrNet.Torch.Explanation;
using static TorchSharp.torch;

namespace CxrNet.Torch;

/// <summary>Planes weighted by the Shapley value of a second-order expansion: w = mean of g - H A / 2: H. Cai 2025 (arXiv 2501.06261).</summary>
/// <remarks>At the layer's resolution; 0 or more, or signed where the options say so. The second derivatives H of a network of rectifiers vanish, so that with a plain logit it is Grad-CAM; the paper's score is <see cref="GradientScore.LogitPlusLogProbability"/>.</remarks>
/// <param name="network">It stays the caller's.</param>
/// <param name="options">Layers, score, signed; the defaults where null.</param>
public sealed class ShapleyCam(ExplainableNetwork network, TorchExplanationOptions? options = null) : ChannelCam(network, options)
{
    /// <inheritdoc/>
    public override string Method => "shapleycam";

    private protected override CamNeeds Needs => CamNeeds.SecondDerivatives;

    private protected override Tensor Weights(CamLayer layer) =>
        (layer.Gradients - (0.5 * layer.SecondDerivativesTimesActivations())).mean([2, 3]);
}
