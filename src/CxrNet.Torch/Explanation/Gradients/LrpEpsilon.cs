using CxrNet.Torch.Explanation;
using static TorchSharp.torch;

namespace CxrNet.Torch;

/// <summary>Shares out the logit layer by layer in proportion to what each input added, by the epsilon rule: S. Bach et al. 2015 (doi 10.1371/journal.pone.0130140).</summary>
/// <remarks>At the network's resolution; signed; in units of the logit. Biases keep their share, so that the map sums to less. With a tiny epsilon a network of ReLUs gives the image times its gradient. In the product M·x the signal x takes all.</remarks>
public sealed class LrpEpsilon : AdditiveExplanation
{
    /// <summary>Explains logits.</summary>
    /// <param name="network">It stays the caller's.</param>
    /// <param name="options">Epsilon; the defaults where null.</param>
    /// <exception cref="ArgumentException">The options ask for another score than the logit.</exception>
    public LrpEpsilon(ExplainableNetwork network, TorchExplanationOptions? options = null)
        : base(network, options) => RequireLogit();

    /// <inheritdoc/>
    public override string Method => "lrp_epsilon";

    private protected override Tensor Share(ExplanationRun run) =>
        run.Propagate(run.Input, logits => logits * ExplanationRun.OneHot(logits, run.Choose(logits)), new LrpEpsilonRule(Options.Epsilon));

    private protected override Tensor Delta(ExplanationRun run, Tensor sums) => run.Score(run.Logits(run.Input), run.Targets) - sums;
}
