using CxrNet.Torch.Training;

namespace CxrNet.Torch.Tests.Training;

public sealed class SchedulingTheLearningRate
{
    private static readonly TrainingOptions Options = new() { PeakLearningRate = 1e-3, WarmupSteps = 200 };

    [Fact]
    public void WarmsUpInAStraightLine()
    {
        Assert.Equal(1e-3 / 200, LearningRate.At(0, 2000, Options), 12);
        Assert.Equal(1e-3, LearningRate.At(199, 2000, Options), 12);
    }

    [Fact]
    public void FallsAlongACosineToZero()
    {
        Assert.Equal(0.5e-3, LearningRate.At(1100, 2000, Options), 9);
        Assert.InRange(LearningRate.At(1999, 2000, Options), 0, 1e-8);
    }

    [Fact]
    public void AShortRunWarmsUpOverAFifth() => Assert.Equal(1e-3, LearningRate.At(19, 100, Options), 12);
}
