namespace CxrNet.Abstractions.Tests.Imaging;

public sealed class WrappingPlanes
{
    [Fact]
    public void TheErrorNamesBothNumbers()
    {
        foreach (Action make in (Action[])[() => _ = new GrayImage(3, 2, new float[5]), () => _ = new LungMask(3, 2, new float[5]), () => _ = new Heatmap(3, 2, new float[5], 9, 9)])
        {
            ArgumentException e = Assert.Throws<ArgumentException>(make);
            Assert.StartsWith("5 ", e.Message, StringComparison.Ordinal);
            Assert.Contains("3 x 2 = 6", e.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(-1, -1)]
    public void ASideOfNothingIsRefused(int width, int height)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new GrayImage(width, height, [0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LungMask(width, height, [0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Heatmap(width, height, [0], 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Heatmap(1, 1, [0], width, height));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Heatmap(1, 1, [0], width, height, new PixelRegion(0, 0, 1, 1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Heatmap(1, 1, [0], 1, 1, new PixelRegion(0, 0, width, height)));
    }

    [Fact]
    public void ASizeWhoseProductOverflowsIsRefusedAsItIs()
    {
        // 65536 x 65536 is 0 in 32 bits.
        Assert.Throws<ArgumentException>(() => new GrayImage(65536, 65536, []));
        Assert.Throws<ArgumentException>(() => new LungMask(65536, 65536, []));
    }

    [Fact]
    public void AGrayImageHoldsTheArrayThatItWasGiven()
    {
        float[] pixels = [0, 0.25f, 0.5f, 1];

        GrayImage image = new(2, 2, pixels);

        Assert.True(image.Pixels == pixels.AsSpan());
        Assert.Same(RadiographInfo.Unknown, image.Info);
    }

    [Fact]
    public void ALungPixelIsOneThatReachesTheThreshold()
    {
        LungMask mask = new(3, 1, [0.3f, 0.4f, 0.5f], threshold: 0.4f);

        Assert.Equal([false, true, true], Enumerable.Range(0, 3).Select(x => mask[x, 0]));
    }

    [Fact]
    public void AHeatmapCoversTheWholeImageUnlessItIsTold()
    {
        Assert.Equal(new PixelRegion(0, 0, 100, 80), new Heatmap(2, 2, new float[4], 100, 80).Region);
        Assert.Equal(new PixelRegion(-5, 3, 10, 20), new Heatmap(2, 2, new float[4], 100, 80, new PixelRegion(-5, 3, 10, 20)).Region);
    }
}
