using CxrNet.Torch.Training;

namespace CxrNet.Torch.Tests.Training;

public sealed class WeighingClasses
{
    [Fact]
    public void FullBalanceGivesEachClassTheSameSum()
    {
        int[] labels = [.. Enumerable.Repeat(0, 30), .. Enumerable.Repeat(1, 10)];
        float[] weights = ClassWeights.Of(labels, 2, balance: 1);
        Assert.Equal(weights[0] * 30, weights[1] * 10, 1e-4f);
        Assert.Equal(40, (weights[0] * 30) + (weights[1] * 10), 1e-4f);
    }

    [Fact]
    public void NoBalanceIsOneForAll() => Assert.Equal([1f, 1f], ClassWeights.Of([0, 0, 0, 1], 2, balance: 0));

    [Fact]
    public void AClassWithoutImagesWeighsNothing() => Assert.Equal(0, ClassWeights.Of([0, 1], 3, balance: 0.5)[2]);
}
