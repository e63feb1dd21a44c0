using static TorchSharp.torch;

namespace CxrNet.Torch.Explanation;

/// <summary>How something that is like a gradient goes back through one layer.</summary>
internal abstract class BackwardRule
{
    /// <summary>From a layer's output to its inputs.</summary>
    /// <param name="trace">The layer as it ran.</param>
    /// <param name="arrived">What arrived at its output, of the output's shape.</param>
    /// <returns>What goes to each of its inputs.</returns>
    public abstract Tensor[] Back(LayerTrace trace, Tensor arrived);
}
