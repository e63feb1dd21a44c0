using CxrNet.Torch.Training;

namespace CxrNet.Cli;

/// <summary>What the options of train are gathered in.</summary>
/// <remarks>A box around the library's own record: the table of options is built whenever the program starts, and must not ask for the assembly of the training, which lies only where libtorch is wanted.</remarks>
internal sealed class TrainSettings
{
    public TrainingOptions Options { get; set; } = new();

    /// <summary>How images are varied.</summary>
    public AugmentationOptions Variation
    {
        get => Options.Augmentation;
        set => Options = Options with { Augmentation = value };
    }
}
