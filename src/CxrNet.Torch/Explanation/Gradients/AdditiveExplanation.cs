using CxrNet.Torch.Explanation;
using static TorchSharp.torch;

namespace CxrNet.Torch;

/// <summary>Methods whose map should sum to a known difference of the score; they say by how much it does not.</summary>
/// <remarks>At the network's resolution; signed; in units of the score.</remarks>
public abstract class AdditiveExplanation : TorchExplanation
{
    private protected AdditiveExplanation(ExplainableNetwork network, TorchExplanationOptions? options)
        : base(network, options)
    {
    }

    /// <summary>As <see cref="TorchExplanation.Explain"/>, with each map's convergence delta.</summary>
    /// <param name="images">Grey planes of any size, row-major, 0 = black, 1 = white.</param>
    /// <param name="target">Which finding to explain.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <exception cref="CxrModelException">The backend failed; see InnerException.</exception>
    /// <exception cref="ArgumentException">The model has no finding of that name.</exception>
    public IReadOnlyList<Attribution> Attribute(IReadOnlyList<GrayImage> images, ExplanationTarget target = default, CancellationToken cancellationToken = default)
    {
        List<Attribution> attributions = [];
        ForEachBatch(
            images,
            target,
            run =>
            {
                Tensor values = Share(run);
                float[] deltas = [.. Delta(run, values.to(ScalarType.Float64).sum([1, 2, 3])).to(ScalarType.Float32).cpu().data<float>()];
                attributions.AddRange(Read(run, values.sum(1)).Zip(deltas, static (map, delta) => new Attribution(map, delta)));
            },
            cancellationToken);
        return attributions;
    }

    private protected sealed override Tensor Compute(ExplanationRun run) => Share(run).sum(1);

    /// <summary>Each value's share, [n, c, h, w].</summary>
    private protected abstract Tensor Share(ExplanationRun run);

    /// <summary>What the sums, [n], differ from.</summary>
    private protected abstract Tensor Delta(ExplanationRun run, Tensor sums);

    /// <summary>sum - (f(x) - f(baseline)).</summary>
    private protected Tensor DeltaToBaseline(ExplanationRun run, Tensor sums) =>
        sums - (run.Score(run.Logits(run.Input), run.Targets) - run.Score(run.Logits(full_like(run.Input, Options.Baseline)), run.Targets));
}
