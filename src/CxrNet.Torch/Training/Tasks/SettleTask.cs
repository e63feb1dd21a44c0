using CxrNet.Torch.Networks;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace CxrNet.Torch.Training.Tasks;

/// <summary>E2 gets used to what the finished map shows it: some of the images through the frozen map, the rest masked, whole or by their lungs alone as in its first phase, so that it still answers for any part of an image.</summary>
/// <remarks>No styles are mixed and no pairs blended: both would change what the map was found on.</remarks>
internal sealed class SettleTask(int index, CxrNetwork network, TrainingOptions options, int healthy, Teachers? teachers)
    : ClassifierTask("settle", index, options.SettleEpochs, network, options, healthy, teachers)
{
    public override IEnumerable<Parameter> Parameters => Network.Encoder.parameters();

    // It knows the classes already: small steps.
    public override double RateFactor => 0.3;

    public override void SetMode()
    {
        Network.train();
        Network.Map.eval();
        foreach (Parameter parameter in Network.Encoder.parameters())
        {
            parameter.requires_grad = true;
        }
    }

    public override Tensor Loss(Tensor input, Batch batch, Random random)
    {
        int count = (int)input.shape[0];
        batch = Teach(batch, input);
        input = RandomReveals.Apply(input, Options.RevealShare, random);
        input = MapReveals.Apply(Network.Map, input, Options.SettleRevealShare, random);
        (input, Tensor withheld) = WithheldEvidence.Apply(Network.Map, input, batch.Lungs, Options.SettleWithheldShare, random);
        Tensor shown = RandomMasks.Draw(count, (int)input.shape[3], Options.WholeShare, random);
        shown = LungViews.Show(shown, batch.Lungs, Options.LungShare, random);
        Tensor choose = random.Choose(count, Options.SettleMapShare);
        using (no_grad())
        {
            shown = (choose * Passes.Alone(() => Network.Map.forward(input))) + ((1 - choose) * shown);
        }

        return CrossEntropy(Network.Encoder.forward(Network.Feed(input, shown)), batch, withheld);
    }
}
