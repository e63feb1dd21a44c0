using static TorchSharp.torch;

namespace CxrNet.Torch.Explanation;

/// <summary>One layer as it ran, cut off from its neighbours.</summary>
/// <param name="Index">The layer's index in its graph.</param>
/// <param name="Layer">The layer.</param>
/// <param name="Inputs">What it read; torch's record starts here.</param>
/// <param name="Output">What it gave; torch's record ends here.</param>
internal sealed record LayerTrace(int Index, Layer Layer, Tensor[] Inputs, Tensor Output)
{
    /// <summary>What a gradient at the output is at the inputs.</summary>
    public Tensor[] Back(Tensor gradient) => [.. autograd.grad([Output], Inputs, [gradient], retain_graph: true)];

    /// <summary>Sums what is of the output's shape over the places that an input was repeated for.</summary>
    public Tensor Fit(Tensor values, int input)
    {
        long[] repeated = [.. Enumerable.Range(0, Inputs[input].shape.Length).Where(d => Inputs[input].shape[d] != values.shape[d]).Select(static d => (long)d)];
        return repeated.Length == 0 ? values : values.sum(repeated, keepdim: true);
    }
}
