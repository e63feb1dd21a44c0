using CxrNet.Torch.Networks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrNet.Torch.Training.Tasks;

/// <summary>What the phases of CXRNet share.</summary>
internal abstract class ClassifierTask(string name, int index, int epochs, CxrNetwork network, TrainingOptions options)
    : TrainingTask(name, index, epochs)
{
    public override CxrNetwork Network { get; } = network;

    protected TrainingOptions Options { get; } = options;

    protected Tensor CrossEntropy(Tensor logits, Batch batch) =>
        (batch.Weights * functional.cross_entropy(logits, batch.Labels, reduction: Reduction.None, label_smoothing: Options.LabelSmoothing)).mean();

    protected override ValidationMeter Meter(TrainingSet set) => new ClassifierMeter(Network, set, hasMap: true);
}
