using CxrNet.Torch.Networks;
using static TorchSharp.torch;

namespace CxrNet.Torch.Training.Tasks;

/// <summary>E2 alone on randomly masked images, so that it can be asked what any part of an image says.</summary>
internal sealed class EncoderTask(int index, CxrNetwork network, TrainingOptions options, int healthy)
    : ClassifierTask("encoder", index, options.EncoderEpochs, network, options, healthy)
{
    public override IEnumerable<TorchSharp.Modules.Parameter> Parameters => Network.Encoder.parameters();

    public override int Side(int epoch) => SideOf(epoch, Options.StartEpochs);

    public override Tensor Loss(Tensor input, Batch batch, Random random)
    {
        Tensor mask = RandomMasks.Draw((int)input.shape[0], (int)input.shape[3], Options.WholeShare, random);
        mask = LungViews.Show(mask, batch.Lungs, Options.LungShare, random);
        return CrossEntropy(Network.Encoder.forward(Network.Feed(input, mask)), batch);
    }

    protected override ValidationMeter Meter(TrainingSet set) => new ClassifierMeter(Network, set, hasMap: false);
}
