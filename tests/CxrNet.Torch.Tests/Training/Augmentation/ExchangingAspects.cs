using CxrNet.Torch.Training;
using static TorchSharp.torch;

namespace CxrNet.Torch.Tests.Training;

public sealed class ExchangingAspects
{
    private static readonly AugmentationOptions Still = new() { Angle = 0, Shift = 0, Scale = 0, Aspect = 0, LogGamma = 0, LocalContrast = 0, Blur = 0, Noise = 0 };

    [Fact]
    public void NarrowAndWideImagesEndWithTheSameRatios()
    {
        // A hundred narrow images, a hundred wide ones.
        float[] ratios = [.. Enumerable.Repeat(0.2f, 100), .. Enumerable.Repeat(0.4f, 100)];
        int[] narrow = [.. Enumerable.Repeat(0, 4000)], wide = [.. Enumerable.Repeat(150, 4000)];
        double ofNarrow = AspectExchange.Draw(ratios, narrow, 1, new Random(1)).Average(change => 0.2f + change);
        double ofWide = AspectExchange.Draw(ratios, wide, 1, new Random(2)).Average(change => 0.4f + change);
        Assert.Equal(0.3, ofNarrow, 0.01);
        Assert.Equal(0.3, ofWide, 0.01);
    }

    [Theory]
    [InlineData(0.25)]
    [InlineData(1)]
    public void OnlyAShareOfTheImagesIsChanged(double share)
    {
        float[] ratios = [.. Enumerable.Range(0, 1000).Select(static i => i / 1000f)];
        int changed = AspectExchange.Draw(ratios, [.. Enumerable.Range(0, 1000)], share, new Random(3)).Count(static change => change != 0);
        Assert.InRange(changed, (1000 * share) - 50, Math.Min(1000, (1000 * share) + 50));
    }

    [Fact]
    public void NothingIsDrawnWhereNothingIsAskedForOrKnown()
    {
        Random random = new(4), untouched = new(4);
        Assert.Empty(AspectExchange.Draw([0.1f, 0.2f], [0, 1], 0, random));
        Assert.Empty(AspectExchange.Draw([], [0, 1], 1, random));
        Assert.Equal(untouched.Next(), random.Next());
    }

    [Theory]
    [InlineData(0.4f)]
    [InlineData(-0.4f)]
    public void TheRatioOfWhatIsShownChangesByWhatIsAsked(float change)
    {
        using var scope = NewDisposeScope();
        Tensor square = zeros(16, 1, 96, 96);
        square.narrow(2, 36, 24).narrow(3, 36, 24).fill_(1);
        Tensor shown = RandomMotion.Apply(square, square, Still, new Random(5), [.. Enumerable.Repeat(change, 16)]).Images;
        float[] widths = shown.select(2, 48).sum(2).data<float>().ToArray(), heights = shown.select(3, 48).sum(2).data<float>().ToArray();

        // What was as wide as high takes fewer columns than rows where the film is to be wider, in every mixture of cutting and mirroring.
        Assert.All(widths.Zip(heights), pair => Assert.Equal(change, Math.Log(pair.Second / pair.First), 0.03));
        Assert.True(heights.Distinct().Count() > 8);
    }

    [Fact]
    public void BeyondTheBorderLiesTheMirrorImageWithoutLungs()
    {
        using var scope = NewDisposeScope();
        Tensor bright = ones(8, 1, 32, 32), wide = ones(8, 1, 32, 32);
        wide.narrow(2, 0, 1).fill_(0);
        (Tensor images, Tensor lungs) = RandomMotion.Apply(bright, wide, Still, new Random(6), [.. Enumerable.Repeat(0.5f, 8)]);
        Assert.True(images.allclose(bright, 0, 1e-5));
        Assert.True(lungs.sum().item<float>() < 0.9f * wide.sum().item<float>());
    }
}
