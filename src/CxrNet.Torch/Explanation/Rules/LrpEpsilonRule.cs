using static TorchSharp.torch;

namespace CxrNet.Torch.Explanation;

/// <summary>LRP's epsilon rule: R_in = x * W^T (R / (z + epsilon sign(z))), with sign(0) = 1; biases keep their share.</summary>
/// <param name="epsilon">Of convolutions, linear layers and normalisations.</param>
internal sealed class LrpEpsilonRule(double epsilon) : BackwardRule
{
    private const double OfOtherLayers = 1e-9;

    public override Tensor[] Back(LayerTrace trace, Tensor arrived) => trace.Layer.Kind switch
    {
        LayerKind.Convolution or LayerKind.Dense or LayerKind.Norm => Share(trace, arrived, epsilon),
        LayerKind.Rectifier or LayerKind.Sigmoid => [arrived],
        LayerKind.Routing => trace.Back(arrived),
        LayerKind.Product => Product(trace, arrived),
        _ => Share(trace, arrived, OfOtherLayers),
    };

    private static Tensor[] Share(LayerTrace trace, Tensor arrived, double epsilon)
    {
        Tensor z = trace.Output.detach();
        Tensor[] back = trace.Back(arrived / (z + where(z < 0, tensor((float)-epsilon, device: z.device), tensor((float)epsilon, device: z.device))));
        return [.. back.Select((b, i) => b * trace.Inputs[i].detach())];
    }

    // A gate takes nothing, the signal takes all (Arras et al. 2017, arXiv 1706.07206): the gate of M·x is M. Two signals share equally.
    private static Tensor[] Product(LayerTrace trace, Tensor arrived)
    {
        double[] shares = trace.Layer.Gate switch { 0 => [0, 1], 1 => [1, 0], _ => [0.5, 0.5] };
        return [.. shares.Select((share, i) => trace.Fit(arrived * share, i))];
    }
}
