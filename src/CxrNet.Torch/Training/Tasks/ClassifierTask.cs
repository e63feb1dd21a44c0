using CxrNet.Torch.Networks;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrNet.Torch.Training.Tasks;

/// <summary>What the phases of CXRNet share.</summary>
internal abstract class ClassifierTask(string name, int index, int epochs, CxrNetwork network, TrainingOptions options, int healthy, Teachers? teachers = null)
    : TrainingTask(name, index, epochs)
{
    public override CxrNetwork Network { get; } = network;

    public override bool HasMap => Network.HasMap;

    protected TrainingOptions Options { get; } = options;

    /// <summary>The first epochs may see smaller images.</summary>
    protected int SideOf(int epoch, int small) => Options.StartSide > 0 && epoch < small ? Options.StartSide : Options.Side;

    /// <summary>Asks the teachers about the whole images, before anything is hidden.</summary>
    protected Batch Teach(Batch batch, Tensor input) => teachers is null ? batch : batch with { Taught = teachers.Ask(input) };

    protected Tensor CrossEntropy(Tensor logits, Batch batch) =>
        (batch.Weights * PerImage(logits, batch)).mean();

    /// <summary>The same, but where an image's evidence is withheld every class should be as likely as the others.</summary>
    /// <param name="logits">[n, classes].</param>
    /// <param name="batch">The images.</param>
    /// <param name="withheld">[n], 1 where it is.</param>
    protected Tensor CrossEntropy(Tensor logits, Batch batch, Tensor withheld) =>
        (batch.Weights * (((1 - withheld) * PerImage(logits, batch)) - (withheld * functional.log_softmax(logits, 1).mean([1])))).mean();

    private Tensor PerImage(Tensor logits, Batch batch)
    {
        if (batch.Taught is not { } taught)
        {
            return OnLabels(logits, batch);
        }

        // Of a drawing, which the teachers may never have met, the label alone is true.
        Tensor share = Options.TeacherWeight * batch.Radiographs;
        return ((1 - share) * OnLabels(logits, batch)) - (share * (taught * functional.log_softmax(logits, 1)).sum(1));
    }

    private Tensor OnLabels(Tensor logits, Batch batch) => Options.SingleSourceWeight < 1
        ? HealthLoss.Of(logits, batch.Labels, healthy, batch.HealthWeights, Options.LabelSmoothing)
        : functional.cross_entropy(logits, batch.Labels, reduction: Reduction.None, label_smoothing: Options.LabelSmoothing);

    protected override ValidationMeter Meter(TrainingSet set) => new ClassifierMeter(Network, set, Network.HasMap);
}
