using static TorchSharp.torch;

namespace CxrNet.Torch;

/// <summary>The mean squared gradient of noisy copies: S. Hooker et al. 2019 (arXiv 1806.10758).</summary>
/// <remarks>At the network's resolution; 0 or more; squared score per squared normalised unit of the input.</remarks>
/// <param name="network">It stays the caller's.</param>
/// <param name="options">Samples, noise, seed, batch size, progress; the defaults where null.</param>
public sealed class SmoothGradSquared(ExplainableNetwork network, TorchExplanationOptions? options = null) : NoisyGradient(network, options)
{
    /// <inheritdoc/>
    public override string Method => "smoothgrad_sq";

    private protected override bool IsSigned => false;

    private protected override Tensor Reduce(Tensor mean, Tensor meanSquare) => meanSquare;
}
