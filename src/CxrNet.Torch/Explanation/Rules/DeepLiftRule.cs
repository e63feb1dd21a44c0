using static TorchSharp.torch;

namespace CxrNet.Torch.Explanation;

/// <summary>DeepLIFT's multipliers by the rescale rule. The first half of the batch are the inputs, the second half their baselines.</summary>
/// <param name="sharesMaxPools">Whether the difference of a max-pooling is shared out in full.</param>
internal sealed class DeepLiftRule(bool sharesMaxPools) : BackwardRule
{
    // Below it a difference is no difference, and the gradient takes its place.
    private const double Least = 1e-10;

    public override Tensor[] Back(LayerTrace trace, Tensor arrived) => trace.Layer.Kind switch
    {
        LayerKind.Rectifier or LayerKind.Sigmoid => [Rescale(trace, arrived * Difference(trace.Output), arrived)],
        LayerKind.MaxPool when sharesMaxPools => [MaxPool(trace, arrived)],
        LayerKind.Product => [Product(trace, arrived, 0), Product(trace, arrived, 1)],
        _ => trace.Back(arrived),
    };

    // multiplier = arrived * (difference of the output) / (difference of the input)
    private static Tensor Rescale(LayerTrace trace, Tensor contribution, Tensor arrived)
    {
        Tensor difference = Difference(trace.Inputs[0]);
        return where(difference.abs() < Least, trace.Back(arrived)[0], contribution / difference);
    }

    // The greatest pixel of a window may be another one in the baseline: the part above the baseline's maximum goes to the
    // input's greatest pixel, the part below it to the baseline's.
    private static Tensor MaxPool(LayerTrace trace, Tensor arrived)
    {
        Tensor[] outputs = trace.Output.detach().chunk(2);
        Tensor greater = maximum(outputs[0], outputs[1]);
        Tensor[] parts = trace.Back(arrived * cat([greater - outputs[1], outputs[0] - greater]))[0].chunk(2);
        Tensor contribution = parts[0] + parts[1];
        Tensor difference = Difference(trace.Inputs[0]);
        return where(difference.abs() < Least, trace.Back(arrived)[0], cat([contribution, contribution]) / difference);
    }

    private static Tensor Difference(Tensor values)
    {
        Tensor[] halves = values.detach().chunk(2);
        Tensor difference = halves[0] - halves[1];
        return cat([difference, difference]);
    }

    // ab - a'b' = (a - a') (b + b') / 2 + (b - b') (a + a') / 2: the difference is shared out without a rest.
    private static Tensor Product(LayerTrace trace, Tensor arrived, int input)
    {
        Tensor[] halves = trace.Inputs[1 - input].detach().chunk(2);
        Tensor middle = (halves[0] + halves[1]) / 2;
        return trace.Fit(arrived * cat([middle, middle]), input);
    }
}
