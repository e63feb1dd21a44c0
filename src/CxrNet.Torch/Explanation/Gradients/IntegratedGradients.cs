using CxrNet.Torch.Explanation;
using static TorchSharp.torch;

namespace CxrNet.Torch;

/// <summary>The gradient summed on the straight path from a baseline to the image, times the difference: M. Sundararajan, A. Taly, Q. Yan 2017 (arXiv 1703.01365).</summary>
/// <remarks>At the network's resolution; signed; in units of the score. The sum of the map goes to f(x) - f(baseline) as steps grow; <see cref="AdditiveExplanation.Attribute"/> says what is left.</remarks>
/// <param name="network">It stays the caller's.</param>
/// <param name="options">Steps, integration, baseline, batch size, progress; the defaults where null.</param>
public sealed class IntegratedGradients(ExplainableNetwork network, TorchExplanationOptions? options = null) : AdditiveExplanation(network, options)
{
    /// <inheritdoc/>
    public override string Method => "integrated_gradients";

    private protected override Tensor Share(ExplanationRun run)
    {
        (double[] nodes, double[] weights) = PathNodes.On01(Options.Integration, Options.Steps);
        Tensor baseline = full_like(run.Input, Options.Baseline), difference = run.Input - baseline;
        Tensor mean = zeros_like(run.Input), targets = run.Targets;
        run.InParts(Options.Steps, (image, first, count) =>
        {
            Tensor along = Column(nodes, first, count), share = Column(weights, first, count);
            Tensor gradients = run.Gradient(baseline[image] + (along * difference[image]), targets[image].expand(count));
            mean[image].add_((gradients * share).sum([0]));
        });
        return difference * mean;

        Tensor Column(double[] values, int first, int count) =>
            tensor(Array.ConvertAll(values[first..(first + count)], static v => (float)v)).to(run.Input.device).view(-1, 1, 1, 1);
    }

    private protected override Tensor Delta(ExplanationRun run, Tensor sums) => DeltaToBaseline(run, sums);
}
