using static TorchSharp.torch;

namespace CxrNet.Torch.Explanation;

/// <summary>One primitive operation of a network.</summary>
/// <param name="Name">Unique in its graph.</param>
/// <param name="Kind">What it computes.</param>
/// <param name="Inputs">The layers that it reads, all before it.</param>
/// <param name="IsPlanes">Whether its output is [n, c, h, w], and not [n, c].</param>
/// <param name="Run">The operation; torch records it where gradients are on.</param>
internal sealed record Layer(string Name, LayerKind Kind, int[] Inputs, bool IsPlanes, Func<Tensor[], Tensor> Run)
{
    /// <summary>The weights of a dense layer, [outputs, inputs]; null elsewhere.</summary>
    public Tensor? Weight { get; init; }

    /// <summary>What is added whatever the input: the bias of a convolution, [c], the shift of a normalisation, [c], a constant of any shape that spreads over the output; null where there is none.</summary>
    public Tensor? Shift { get; init; }

    /// <summary>Which input of a product is a sigmoid's output, 0 or 1; -1 where none or both are.</summary>
    public int Gate { get; init; } = -1;
}
