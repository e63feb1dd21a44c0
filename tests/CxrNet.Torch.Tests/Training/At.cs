using CxrNet.Torch.Training;

namespace CxrNet.Torch.Tests.Training;

/// <summary>Acts at each report of a kind, on the training's own thread.</summary>
internal sealed class At(Func<TrainingProgress, bool> isMeant, Action act) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value)
    {
        if (isMeant(value))
        {
            act();
        }
    }
}
