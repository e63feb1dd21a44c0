using CxrNet.Torch.Networks;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrNet.Torch.Training;

/// <summary>What is minimised in each phase.</summary>
internal sealed class Losses(TrainingOptions options, Tensor classWeights)
{
    /// <summary>E2 on randomly masked images.</summary>
    public Tensor Encoder(CxrNetwork network, Tensor input, Batch batch, Random random)
    {
        Tensor mask = RandomMasks.Draw((int)input.shape[0], options.Side, random);
        return CrossEntropy(network.Encoder.forward(network.Feed(input, mask)), batch.Labels);
    }

    /// <summary>Everything at once.</summary>
    public Tensor Joint(CxrNetwork network, Tensor input, Batch batch) =>
        CrossEntropy(network.forward(input).Logits, batch.Labels);

    /// <summary>E1 and D through the frozen E2: keep the class, keep little, smoothly, inside the lungs, and leave nothing that tells the class.</summary>
    public Tensor Map(CxrNetwork network, Tensor input, Batch batch)
    {
        Tensor map = network.Map.forward(input);

        // One pass through E2 for both halves: a batch twice as long costs less than two.
        Tensor logits = network.Encoder.forward(cat([network.Feed(input, map), network.Feed(input, 1 - map)], 0));
        long n = input.shape[0];
        Tensor kept = CrossEntropy(logits.narrow(0, 0, n), batch.Labels);
        Tensor entropy = Entropy(logits.narrow(0, n, n)) / Math.Log(classWeights.shape[0]);
        return kept
            + (options.AreaWeight * map.mean())
            + (options.VariationWeight * Variation(map))
            + (options.OutsideLungWeight * (map * (1 - batch.Lungs)).mean())
            - (options.ComplementWeight * entropy);
    }

    private Tensor CrossEntropy(Tensor logits, Tensor labels) =>
        functional.cross_entropy(logits, labels, weight: classWeights, label_smoothing: options.LabelSmoothing);

    private static Tensor Entropy(Tensor logits)
    {
        Tensor log = functional.log_softmax(logits, 1);
        return -(log.exp() * log).sum(1).mean();
    }

    private static Tensor Variation(Tensor map)
    {
        long side = map.shape[2];
        Tensor rows = (map.narrow(2, 1, side - 1) - map.narrow(2, 0, side - 1)).abs().mean();
        Tensor columns = (map.narrow(3, 1, side - 1) - map.narrow(3, 0, side - 1)).abs().mean();
        return (rows + columns) * side / 16.0;
    }
}
