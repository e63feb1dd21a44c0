namespace CxrNet.Core.Tests.Explanation;

public sealed class ScalingAMapToItsImage
{
    [Fact]
    public void ItIsBilinearWithHalfPixelCentres()
    {
        Heatmap map = new Heatmap(2, 1, [0, 1], 8, 2) { Method = "m", Finding = "f", IsSigned = true }.ToImageSize();
        float[] row = [0, 0, 0.125f, 0.375f, 0.625f, 0.875f, 1, 1];
        Assert.Equal([.. row, .. row], map.Values.ToArray());
        Assert.Equal(("m", "f", true, 8, 2), (map.Method, map.Finding, map.IsSigned, map.Width, map.Height));
        Assert.Equal(PixelRegion.Whole(8, 2), map.Region);
    }

    [Fact]
    public void OutsideItsRegionItIsZero()
    {
        Heatmap map = new Heatmap(1, 1, [0.25f], 4, 3, new PixelRegion(1, 1, 2, 1)).ToImageSize();
        Assert.Equal([0, 0, 0, 0, 0, 0.25f, 0.25f, 0, 0, 0, 0, 0], map.Values.ToArray());
    }

    [Fact]
    public void WhatWasPaddingFallsAway()
    {
        float[] values = [9, 9, 1, 2, 3, 4, 9, 9];
        Heatmap map = new Heatmap(2, 4, values, 2, 2, new PixelRegion(0, -1, 2, 4)).ToImageSize();
        Assert.Equal([1, 2, 3, 4], map.Values.ToArray());
    }

    // A letterboxed network's map of a long strip covers a square that no memory has room for.
    [Theory, InlineData(60_000, 40), InlineData(40, 60_000)]
    public void OfASquareAroundAThinImageOnlyTheImageIsComputed(int width, int height)
    {
        int side = Math.Max(width, height);
        PixelRegion square = new((width - side) / 2, (height - side) / 2, side, side);
        float[] values = [.. Enumerable.Range(0, 64).Select(static i => i % 8 + (10f * (i / 8)))];
        ReadOnlySpan<float> found = new Heatmap(8, 8, values, width, height, square).ToImageSize().Values;
        foreach ((int x, int y) in (ReadOnlySpan<(int, int)>)[(0, 0), (width / 2, height / 2), (width - 1, height - 1)])
        {
            double column = Math.Clamp(((x - square.X + 0.5) * 8 / side) - 0.5, 0, 7), row = Math.Clamp(((y - square.Y + 0.5) * 8 / side) - 0.5, 0, 7);
            Assert.Equal(column + (10 * row), found[(y * width) + x], 1e-3);
        }
    }

    [Fact]
    public void ARegionBesideTheImageLeavesNothing() =>
        Assert.Equal(new float[4], new Heatmap(1, 1, [1], 2, 2, new PixelRegion(5, 5, 2, 2)).ToImageSize().Values.ToArray());

    [Fact]
    public void AnImageSizedMapIsReturnedAsItIs()
    {
        Heatmap map = new(3, 2, new float[6], 3, 2);
        Assert.Same(map, map.ToImageSize());
    }
}
