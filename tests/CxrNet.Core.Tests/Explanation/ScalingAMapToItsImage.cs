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
