using CxrNet.Torch.Explanation;
using static TorchSharp.torch;

namespace CxrNet.Torch;

/// <summary>Each pixel times its gradient: A. Shrikumar et al. 2016 (arXiv 1605.01713).</summary>
/// <remarks>At the network's resolution; signed; in units of the score.</remarks>
/// <param name="network">It stays the caller's.</param>
/// <param name="options">The defaults where null.</param>
public sealed class InputTimesGradient(ExplainableNetwork network, TorchExplanationOptions? options = null) : TorchExplanation(network, options)
{
    /// <inheritdoc/>
    public override string Method => "input_x_gradient";

    private protected override Tensor Compute(ExplanationRun run) => (run.Input * run.Gradient(run.Input)).sum(1);
}
