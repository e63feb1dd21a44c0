using static TorchSharp.torch;

namespace CxrNet.Torch;

/// <summary>The variance of the gradient of noisy copies: J. Adebayo et al. 2018 (arXiv 1810.03292).</summary>
/// <remarks>At the network's resolution; population variance, 0 or more; squared score per squared normalised unit of the input.</remarks>
/// <param name="network">It stays the caller's.</param>
/// <param name="options">Samples, noise, seed, batch size, progress; the defaults where null.</param>
public sealed class VarGrad(ExplainableNetwork network, TorchExplanationOptions? options = null) : NoisyGradient(network, options)
{
    /// <inheritdoc/>
    public override string Method => "vargrad";

    private protected override bool IsSigned => false;

    private protected override Tensor Reduce(Tensor mean, Tensor meanSquare) => (meanSquare - mean.square()).clamp_min(0);
}
