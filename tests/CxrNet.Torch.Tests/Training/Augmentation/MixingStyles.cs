using CxrNet.Torch.Training;
using static TorchSharp.torch;

namespace CxrNet.Torch.Tests.Training;

public sealed class MixingStyles
{
    [Fact]
    public void StatisticsMoveBetweenImagesAndTheirSumStays()
    {
        using var scope = NewDisposeScope();
        Tensor planes = randn(16, 4, 8, 8) + arange(16).view(16, 1, 1, 1);
        Tensor mixed = StyleMixing.Apply(planes, new Random(2));
        Assert.False(mixed.allclose(planes));

        // What is left after each plane's own standardisation is the image, and it is not touched.
        Assert.True(Standard(mixed).allclose(Standard(planes), 1e-3, 1e-3));
        Assert.InRange(mixed.mean().item<float>() - planes.mean().item<float>(), -3, 3);
    }

    [Fact]
    public void OneImageHasNobodyToMixWith()
    {
        using var scope = NewDisposeScope();
        Tensor planes = randn(1, 4, 8, 8);
        Assert.True(StyleMixing.Apply(planes, new Random(2)).allclose(planes, 1e-4, 1e-5));
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.3)]
    public void BetaDrawsHaveMeanAHalfAndLieAtTheEnds(double a)
    {
        Random random = new(1);
        double[] draws = [.. Enumerable.Range(0, 20_000).Select(_ => random.Beta(a))];
        Assert.InRange(draws.Average(), 0.48, 0.52);

        // Var = 1 / (4 (2 a + 1)).
        Assert.Equal(1 / (4 * ((2 * a) + 1)), draws.Average(d => (d - 0.5) * (d - 0.5)), 0.01);
    }

    private static Tensor Standard(Tensor planes) =>
        (planes - planes.mean([2, 3], keepdim: true)) / planes.std([2L, 3L], unbiased: false, keepdim: true);
}
