namespace CxrNet.Torch.Training;

/// <summary>What an epoch cost.</summary>
internal sealed record EpochSummary(int Steps, double Loss, double ImagesPerSecond, double LoaderShare, double Seconds, TimeSpan Remaining)
{
    public TrainingProgress Report(Phase phase, int epoch, ValidationFigures figures) =>
        new(phase.Name, epoch, phase.Epochs, Steps, Steps, Loss, ImagesPerSecond, LoaderShare, Remaining, figures);
}
