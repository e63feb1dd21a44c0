using CxrNet.Torch.Training;

namespace CxrNet.Torch.Tests.Training;

public sealed class WeighingGroups
{
    private static readonly (int Label, string Source)[] Groups =
        [.. Enumerable.Repeat((0, "children"), 30), .. Enumerable.Repeat((0, "adults"), 5), .. Enumerable.Repeat((1, "adults"), 5)];

    [Fact]
    public void FullBalanceGivesEachGroupTheSameSum()
    {
        float[] weights = GroupWeights.Of(Groups, balance: 1);
        Assert.Equal(weights[..30].Sum(), weights[30..35].Sum(), 1e-4f);
        Assert.Equal(weights[..30].Sum(), weights[35..].Sum(), 1e-4f);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    public void TheMeanIsOne(double balance) => Assert.Equal(1, GroupWeights.Of(Groups, balance).Average(), 1e-5f);

    [Fact]
    public void NoBalanceIsOneForAll() => Assert.All(GroupWeights.Of(Groups, balance: 0), weight => Assert.Equal(1, weight));
}
