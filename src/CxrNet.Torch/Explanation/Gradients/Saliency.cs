using CxrNet.Torch.Explanation;
using static TorchSharp.torch;

namespace CxrNet.Torch;

/// <summary>The gradient of the score by each pixel: K. Simonyan, A. Vedaldi, A. Zisserman 2013 (arXiv 1312.6034).</summary>
/// <remarks>At the network's resolution; its magnitude, 0 or more, or the gradient itself where the options say signed. Score per normalised unit of the input.</remarks>
/// <param name="network">It stays the caller's.</param>
/// <param name="options">The defaults where null.</param>
public sealed class Saliency(ExplainableNetwork network, TorchExplanationOptions? options = null) : TorchExplanation(network, options)
{
    /// <inheritdoc/>
    public override string Method => "saliency";

    private protected override bool IsSigned => Options.Signed == true;

    // Every channel holds the same grey plane: its gradient is the sum of theirs.
    private protected override Tensor Compute(ExplanationRun run) =>
        run.Gradient(run.Input).sum(1) is var gradient && IsSigned ? gradient : gradient.abs();
}
