using CxrNet.Torch.Explanation;
using static TorchSharp.torch;

namespace CxrNet.Torch;

/// <summary>Shares out the logit's difference from a baseline layer by layer, by the rescale rule: A. Shrikumar, P. Greenside, A. Kundaje 2017 (arXiv 1704.02685).</summary>
/// <remarks>At the network's resolution; signed; in units of the logit. The map sums to f(x) - f(baseline); where a max-pooling's greatest pixel moves, only with <see cref="TorchExplanationOptions.SharesMaxPools"/>. A product shares its difference equally.</remarks>
public sealed class DeepLift : AdditiveExplanation
{
    /// <summary>Explains logits.</summary>
    /// <param name="network">It stays the caller's.</param>
    /// <param name="options">Baseline; the defaults where null.</param>
    /// <exception cref="ArgumentException">The options ask for another score than the logit.</exception>
    public DeepLift(ExplainableNetwork network, TorchExplanationOptions? options = null)
        : base(network, options) => RequireLogit();

    /// <inheritdoc/>
    public override string Method => "deeplift";

    private protected override Tensor Share(ExplanationRun run)
    {
        Tensor baseline = full_like(run.Input, Options.Baseline);
        Tensor targets = cat([run.Targets, run.Targets]);
        Tensor multipliers = run.Propagate(cat([run.Input, baseline]), logits => ExplanationRun.OneHot(logits, targets), new DeepLiftRule(Options.SharesMaxPools));
        return multipliers.slice(0, 0, run.Images.Count, 1) * (run.Input - baseline);
    }

    private protected override Tensor Delta(ExplanationRun run, Tensor sums) => DeltaToBaseline(run, sums);
}
