using static TorchSharp.torch;

namespace CxrNet.Torch;

/// <summary>The mean gradient of noisy copies: D. Smilkov et al. 2017 (arXiv 1706.03825).</summary>
/// <remarks>At the network's resolution; signed; score per normalised unit of the input.</remarks>
/// <param name="network">It stays the caller's.</param>
/// <param name="options">Samples, noise, seed, batch size, progress; the defaults where null.</param>
public sealed class SmoothGrad(ExplainableNetwork network, TorchExplanationOptions? options = null) : NoisyGradient(network, options)
{
    /// <inheritdoc/>
    public override string Method => "smoothgrad";

    private protected override Tensor Reduce(Tensor mean, Tensor meanSquare) => mean;
}
