using CxrNet.Torch.Networks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrNet.Torch.Training.Tasks;

/// <summary>What the phases of CXRNet share.</summary>
internal abstract class ClassifierTask(string name, int index, int epochs, CxrNetwork network, TrainingOptions options, Tensor classWeights)
    : TrainingTask(name, index, epochs)
{
    public override CxrNetwork Network { get; } = network;

    protected TrainingOptions Options { get; } = options;

    protected Tensor CrossEntropy(Tensor logits, Tensor labels) =>
        functional.cross_entropy(logits, labels, weight: classWeights, label_smoothing: Options.LabelSmoothing);

    protected override ValidationMeter Meter(TrainingSet set) => new ClassifierMeter(Network, set, hasMap: true);
}
