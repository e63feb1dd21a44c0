using CxrNet.Torch.Training.Tasks;

namespace CxrNet.Torch.Training;

/// <summary>What an epoch cost.</summary>
internal sealed record EpochSummary(int Steps, double Loss, double ImagesPerSecond, double LoaderShare, double Seconds, TimeSpan Remaining)
{
    public TrainingProgress Report(TrainingTask task, int epoch, ValidationFigures figures) =>
        new(task.Name, epoch, task.Epochs, Steps, Steps, Loss, ImagesPerSecond, LoaderShare, Remaining, figures);
}
