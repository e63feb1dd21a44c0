using CxrNet.Torch.Networks;
using static TorchSharp.torch;

namespace CxrNet.Torch.Training;

/// <summary>Images as on a point of an insertion curve (Petsiuk et al. 2018, arXiv 1806.07421) whose pixels come in the order of the network's own gradient for some class: what Integrated Gradients would find, in one step.</summary>
/// <remarks>
/// A network answers to patterns of single pixels that mean nothing, and a curve rewards whoever finds them; images that were changed on purpose are what teaches it not to (Goodfellow et al. 2015, arXiv 1412.6572).
/// <see cref="RandomReveals"/> shows such patterns in an order that says nothing, which moves little.
/// </remarks>
internal static class GradientReveals
{
    /// <summary>Replaces a share of the images, the first ones of the batch, whose order is drawn anyway.</summary>
    /// <param name="network">Its map is frozen, its encoder learns; neither weights nor statistics are touched.</param>
    /// <param name="input">[n, 1, S, S], standardised.</param>
    /// <param name="share">0 … 1.</param>
    /// <param name="random">Every draw comes from it.</param>
    public static Tensor Apply(CxrNetwork network, Tensor input, double share, Random random)
    {
        long n = input.shape[0], part = (long)Math.Round(n * share);
        if (part == 0)
        {
            return input;
        }

        Tensor some = input.narrow(0, 0, part);
        Tensor blurred = MapRanks.Blur(some);
        float[] points = [.. Enumerable.Range(0, (int)part).Select(_ => random.NextSingle())];
        Tensor gain = Gain(network, some, blurred, points, scores => Classes(scores, random));
        using var frozen = no_grad();
        Tensor shown = MapRanks.Reveal(some, MapRanks.Strongest(gain, MapRanks.DrawShares(random, part)));
        return part == n ? shown : cat([shown, input.narrow(0, part, n - part)], 0);
    }

    /// <summary>What each pixel adds to a class's logarithmic probability by being sharp, to first order, [n, 1, S, S]: summed over an image it is the slope of that probability on the way from the blurred image to the sharp one.</summary>
    /// <param name="network">Asked in inference mode, and left in the one that it had.</param>
    /// <param name="input">[n, 1, S, S].</param>
    /// <param name="blurred">[n, 1, S, S].</param>
    /// <param name="points">Where on that way, 0 … 1, one for each image.</param>
    /// <param name="choose">From [n, classes] logarithmic probabilities to [n, 1] classes.</param>
    public static Tensor Gain(CxrNetwork network, Tensor input, Tensor blurred, float[] points, Func<Tensor, Tensor> choose)
    {
        bool wasTraining = network.Encoder.training;
        network.Encoder.eval();
        try
        {
            using var scope = NewDisposeScope();
            Tensor sharp = tensor(points, [points.Length, 1, 1, 1]);
            Tensor between = ((sharp * input) + ((1 - sharp) * blurred)).detach().requires_grad_();
            Tensor scores = network.forward(between).Logits.log_softmax(1);
            Tensor score = scores.gather(1, choose(scores)).sum();
            Tensor gradient = autograd.grad([score], [between])[0];
            return ((input - blurred) * gradient).MoveToOuterDisposeScope();
        }
        finally
        {
            network.Encoder.train(wasTraining);
        }
    }

    // The class on top as often as all others together: what is said already, and what could be talked into.
    private static Tensor Classes(Tensor scores, Random random)
    {
        long[] top = scores.argmax(1).data<long>().ToArray();
        int classes = (int)scores.shape[1];
        return tensor(top.Select(one => random.NextDouble() < 0.5 ? one : (one + 1 + random.Next(classes - 1)) % classes).ToArray(), [top.Length, 1]);
    }
}
