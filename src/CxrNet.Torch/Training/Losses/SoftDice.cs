using static TorchSharp.torch;

namespace CxrNet.Torch.Training;

/// <summary>How far two planes of shares agree: (2 Σ a b + 1) / (Σ a + Σ b + 1), the Dice of F. Milletari et al. 2016 (arXiv 1606.04797) without the squares.</summary>
internal static class SoftDice
{
    /// <summary>[n], of planes [n, 1, S, S] in 0 … 1.</summary>
    public static Tensor Of(Tensor first, Tensor second)
    {
        long[] plane = [1, 2, 3];
        return ((2 * (first * second).sum(plane)) + 1) / (first.sum(plane) + second.sum(plane) + 1);
    }
}
