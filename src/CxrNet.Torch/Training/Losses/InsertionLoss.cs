using CxrNet.Torch.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrNet.Torch.Training;

/// <summary>How far the whole network is from its answer on points of a map's insertion curve (Petsiuk et al. 2018, arXiv 1806.07421), as a judge of maps will ask it: E1, D and E2 see the image with the map's strongest pixels sharp and all others blurred.</summary>
/// <remarks>
/// The gradient of a pixel near the threshold is that of the score times what the pixel gains by being sharp, which is what Integrated Gradients adds up along the same way; one forward pass learns to say it at once.
/// It reaches the map through the order of its pixels alone: the pass that scores has fixed weights and statistics, or E1 would learn to read a message from which pixels are sharp.
/// </remarks>
internal static class InsertionLoss
{
    /// <summary>Mean cross-entropy of the network's own answers over points of the curve, one for each image.</summary>
    /// <param name="network">In training mode, E2 frozen.</param>
    /// <param name="input">[n, 1, S, S], standardised.</param>
    /// <param name="strength">[n, 1, S, S], the map before its sigmoid.</param>
    /// <param name="answers">[n], the class that is explained.</param>
    /// <param name="random">Draws the points.</param>
    public static Tensor Of(CxrNetwork network, Tensor input, Tensor strength, Tensor answers, Random random)
    {
        double[] shares = MapRanks.DrawShares(random, input.shape[0]);
        Tensor strongest = MapRanks.Strongest(strength, shares);
        Tensor blurred = MapRanks.Blur(input);
        Tensor shown = blurred + (strongest * (input - blurred));
        return functional.cross_entropy(Score(network, shown), answers);
    }

    // Whether a weight wants a gradient is asked when an operation is recorded, so it can be taken back right after.
    private static Tensor Score(CxrNetwork network, Tensor shown)
    {
        Parameter[] weights = [.. network.Map.parameters()];
        network.Map.eval();
        Want(weights, false);
        try
        {
            return network.forward(shown).Logits;
        }
        finally
        {
            Want(weights, true);
            network.Map.train();
        }
    }

    private static void Want(Parameter[] weights, bool gradient)
    {
        foreach (Parameter weight in weights)
        {
            weight.requires_grad = gradient;
        }
    }
}
