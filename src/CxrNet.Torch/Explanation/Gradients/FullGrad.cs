using CxrNet.Torch.Explanation;
using static TorchSharp.torch;

namespace CxrNet.Torch;

/// <summary>The input and every bias times their gradients, enlarged and summed: S. Srinivas, F. Fleuret 2019 (arXiv 1905.00780).</summary>
/// <remarks>At the network's resolution; 0 or more. As in the paper each channel's magnitudes are stretched to 0 … 1 before the sum, so that the map has no unit.</remarks>
/// <param name="network">It stays the caller's.</param>
/// <param name="options">The defaults where null; target layers are not used, all layers with a bias are.</param>
public sealed class FullGrad(ExplainableNetwork network, TorchExplanationOptions? options = null) : TorchExplanation(network, options)
{
    /// <inheritdoc/>
    public override string Method => "fullgrad";

    private protected override bool IsSigned => false;

    private protected override Tensor Compute(ExplanationRun run)
    {
        int[] biased = [.. run.Graph.BiasedPlanes(run.Start)];
        (Tensor[] gradients, Tensor input) = run.Gradients(biased);
        long[] size = run.Input.shape[2..];
        Tensor sum = Enlarged(run.Input * input, size);
        for (int i = 0; i < biased.Length; i++)
        {
            Tensor shift = run.Graph.Layers[biased[i]].Shift!;
            bool isConstant = run.Graph.Layers[biased[i]].Kind == LayerKind.Sum;   // spreads as it is, like every addition
            sum.add_(Enlarged((isConstant ? shift : shift.view(1, -1, 1, 1)) * gradients[i], size));
        }

        return sum;
    }

    // Enlarging is linear: summed over the channels first, it is done once.
    private static Tensor Enlarged(Tensor share, long[] size) =>
        PlaneScaling.Resize(PlaneScaling.Stretch(share.abs()).sum(1, keepdim: true), size).squeeze(1);
}
