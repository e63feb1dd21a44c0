using static TorchSharp.torch;

namespace CxrNet.Torch.Training.Tasks;

/// <summary>Collects figures batch by batch.</summary>
internal abstract class ValidationMeter
{
    /// <summary>Takes the next images of the set in.</summary>
    public abstract void Add(Tensor input, Batch batch);

    /// <summary>The figures over all images.</summary>
    public abstract ValidationFigures Figures();
}
