using CxrNet.Torch.Networks;
using static TorchSharp.torch;

namespace CxrNet.Torch.Training.Tasks;

/// <summary>Everything at once on cross-entropy.</summary>
internal sealed class JointTask(int index, CxrNetwork network, TrainingOptions options, int healthy)
    : ClassifierTask("joint", index, options.EncoderEpochs, network, options, healthy)
{
    public override bool TeachesMap => Network.HasMap;

    public override Tensor Loss(Tensor input, Batch batch, Random random) =>
        CrossEntropy(Network.forward(input).Logits, batch);
}
