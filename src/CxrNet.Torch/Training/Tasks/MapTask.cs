using CxrNet.Torch.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrNet.Torch.Training.Tasks;

/// <summary>E1 and D through the frozen E2: keep the class, keep little, smoothly, inside the lungs, on the lesion where it is known, and leave nothing behind that tells the class.</summary>
internal sealed class MapTask(int index, CxrNetwork network, TrainingOptions options, int healthy, KeptMap? kept = null)
    : ClassifierTask("map", index, options.MapEpochs, network, options, healthy)
{
    public override IEnumerable<Parameter> Parameters => Network.Map.parameters();

    public override bool TeachesMap => true;

    public override int Side(int epoch) => SideOf(epoch, Options.MapStartEpochs);

    /// <summary>E2 stays in inference mode: its batch statistics must not move either.</summary>
    public override void SetMode()
    {
        Network.train();
        Network.Encoder.eval();
        foreach (Parameter parameter in Network.Encoder.parameters())
        {
            parameter.requires_grad = false;
        }
    }

    public override Tensor Loss(Tensor input, Batch batch, Random random)
    {
        input = RandomReveals.Apply(input, Options.RevealShare, random);
        Tensor strength = Network.Map.Logits(input);
        Tensor map = strength.sigmoid();
        (Tensor shown, Tensor left) = (Network.Feed(input, map), Network.Feed(input, 1 - map));

        // One pass through E2 for both halves: a batch twice as long costs less than two.
        Tensor logits = Network.Encoder.forward(cat([shown, left], 0));
        long n = input.shape[0];
        Tensor complement = logits.narrow(0, n, n);
        Tensor answers = logits.narrow(0, 0, n);
        Tensor loss = CrossEntropy(answers, batch)
            + (Options.AreaWeight * map.mean())
            + (Options.VariationWeight * Variation(map))
            + (Options.OutsideLungWeight * (map * (1 - batch.Lungs)).mean())
            - (Options.ComplementWeight * Entropy(complement) / Math.Log(complement.shape[1]));
        if (Options.LesionWeight > 0 && batch.Lesions is { } lesions)
        {
            loss += Options.LesionWeight * LesionLoss.Of(map, lesions);
        }

        if (kept is not null)
        {
            loss += Options.KeepMapWeight * kept.Loss(input, strength, batch.Radiographs);
        }

        return Options.InsertionWeight > 0 ? loss + (Options.InsertionWeight * Insertion(input, strength, answers, random)) : loss;
    }

    protected override ValidationMeter Meter(TrainingSet set) => new ClassifierMeter(Network, set, hasMap: true, scoreTheGap: true);

    // Of the first images of a batch, whose order is drawn anyway: they go through E1, D and E2 once more.
    private Tensor Insertion(Tensor input, Tensor strength, Tensor answers, Random random)
    {
        long part = (long)Math.Ceiling(input.shape[0] * Options.InsertionShare);
        return InsertionLoss.Of(Network, input.narrow(0, 0, part), strength.narrow(0, 0, part), answers.detach().narrow(0, 0, part).argmax(1), random);
    }

    private static Tensor Entropy(Tensor logits)
    {
        Tensor log = functional.log_softmax(logits, 1);
        return -(log.exp() * log).sum(1).mean();
    }

    // Mean absolute step between neighbours, per sixteenth of the image: the same weight serves any resolution.
    private static Tensor Variation(Tensor map)
    {
        long side = map.shape[2];
        Tensor rows = (map.narrow(2, 1, side - 1) - map.narrow(2, 0, side - 1)).abs().mean();
        Tensor columns = (map.narrow(3, 1, side - 1) - map.narrow(3, 0, side - 1)).abs().mean();
        return (rows + columns) * side / 16.0;
    }
}
