using CxrNet.Torch.Explanation;
using static TorchSharp.torch;

namespace CxrNet.Torch;

/// <summary>The gradient with only its positive parts let through every rectifier that was open: J. T. Springenberg et al. 2014 (arXiv 1412.6806).</summary>
/// <remarks>At the network's resolution; signed. It barely depends on the finding or on the weights (Adebayo et al. 2018): a picture of edges, kept for comparison.</remarks>
/// <param name="network">It stays the caller's.</param>
/// <param name="options">The defaults where null.</param>
public sealed class GuidedBackprop(ExplainableNetwork network, TorchExplanationOptions? options = null) : TorchExplanation(network, options)
{
    /// <inheritdoc/>
    public override string Method => "guided_backprop";

    private protected override Tensor Compute(ExplanationRun run) => run.PropagateScore(new GuidedRule()).sum(1);
}
