using CxrNet.Torch.Explanation;
using static TorchSharp.torch;

namespace CxrNet.Torch;

/// <summary>The gradient with every rectifier rectifying it, whether it was open or not: M. D. Zeiler, R. Fergus 2014 (arXiv 1311.2901).</summary>
/// <remarks>At the network's resolution; signed.</remarks>
/// <param name="network">It stays the caller's.</param>
/// <param name="options">The defaults where null.</param>
public sealed class Deconvolution(ExplainableNetwork network, TorchExplanationOptions? options = null) : TorchExplanation(network, options)
{
    /// <inheritdoc/>
    public override string Method => "deconvolution";

    private protected override Tensor Compute(ExplanationRun run) => run.PropagateScore(new DeconvolutionRule()).sum(1);
}
