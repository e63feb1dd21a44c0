using CxrNet.Torch.Networks;
using static TorchSharp.torch;

namespace CxrNet.Torch.Training.Tasks;

/// <summary>E2 alone on randomly masked images, so that it can be asked what any part of an image says.</summary>
internal sealed class EncoderTask(int index, CxrNetwork network, TrainingOptions options, int healthy, Teachers? teachers)
    : ClassifierTask("encoder", index, options.EncoderEpochs, network, options, healthy, teachers)
{
    private const double MixupParameter = 0.3;

    public override IEnumerable<TorchSharp.Modules.Parameter> Parameters => Network.Encoder.parameters();

    public override int Side(int epoch) => SideOf(epoch, Options.StartEpochs);

    public override Tensor Loss(Tensor input, Batch batch, Random random)
    {
        batch = Teach(batch, input);
        Tensor mask = RandomMasks.Draw((int)input.shape[0], (int)input.shape[3], Options.WholeShare, random);
        mask = LungViews.Show(mask, batch.Lungs, Options.LungShare, random);
        Tensor fed = Network.Feed(RandomReveals.Apply(input, Options.RevealShare, random), mask);
        AugmentationOptions augmentation = Options.Augmentation;
        Func<Tensor, Tensor>? style = random.NextDouble() < augmentation.StyleShare ? planes => StyleMixing.Apply(planes, random) : null;
        if (random.NextDouble() >= augmentation.MixupShare)
        {
            return CrossEntropy(Network.Encoder.Head(Network.Encoder.Features(fed, style)), batch);
        }

        Tensor order = random.Order(fed.shape[0]);
        double own = random.Beta(MixupParameter);
        Tensor logits = Network.Encoder.Head(Network.Encoder.Features((own * fed) + ((1 - own) * fed.index_select(0, order)), style));
        return (own * CrossEntropy(logits, batch)) + ((1 - own) * CrossEntropy(logits, batch.Select(order)));
    }

    protected override ValidationMeter Meter(TrainingSet set) => new ClassifierMeter(Network, set, hasMap: false);
}
