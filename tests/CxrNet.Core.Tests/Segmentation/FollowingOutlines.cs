using CsCheck;

namespace CxrNet.Core.Tests.Segmentation;

public sealed class FollowingOutlines
{
    private static readonly Gen<(int Width, int Height, byte[] Mask)> AnyMask =
        Gen.Int[1, 12].SelectMany(Gen.Int[1, 12], (width, height) => Gen.Byte[0, 1].Array[width * height].Select(mask => (width, height, mask)));

    [Fact]
    public void ARectangleHasFourCornersClockwise()
    {
        byte[] mask = [0, 0, 0, 0, 0, 1, 1, 1, 0, 1, 1, 1];
        Assert.Equal([new(1, 1), new(4, 1), new(4, 3), new(1, 3)], Assert.Single(Contours.Trace(mask, 4, 3, Connectivity.Eight)));
    }

    [Fact]
    public void AHoleRunsTheOtherWay()
    {
        byte[] mask = [1, 1, 1, 1, 0, 1, 1, 1, 1];
        IReadOnlyList<IReadOnlyList<PixelPoint>> outlines = Contours.Trace(mask, 3, 3, Connectivity.Eight);
        Assert.Equal([9, -1], outlines.Select(Area));
    }

    [Fact]
    public void PartsThatTouchAtACornerShareAnOutlineOnlyIfTheyAreNeighbours()
    {
        byte[] mask = [1, 0, 0, 1];
        Assert.Single(Contours.Trace(mask, 2, 2, Connectivity.Eight));
        Assert.Equal(2, Contours.Trace(mask, 2, 2, Connectivity.Four).Count);
    }

    [Theory]
    [InlineData(Connectivity.Four)]
    [InlineData(Connectivity.Eight)]
    public void TheAreasAddUpToThePixelsAndOuterOnesToTheParts(Connectivity connectivity) => AnyMask.Sample(any =>
    {
        IReadOnlyList<IReadOnlyList<PixelPoint>> outlines = Contours.Trace(any.Mask, any.Width, any.Height, connectivity);
        int[] labels = new int[any.Mask.Length];
        int parts = ConnectedComponents.Label(any.Mask, any.Width, any.Height, connectivity, labels);
        return outlines.Sum(Area) == any.Mask.Count(v => v == 1) && outlines.Count(o => Area(o) > 0) == parts;
    });

    [Fact]
    public void FillingHolesLeavesOuterOutlinesAlone() => AnyMask.Sample(any =>
    {
        byte[] filled = new byte[any.Mask.Length];
        HoleFilling.Fill(any.Mask, any.Width, any.Height, Connectivity.Four, filled);
        return Contours.Trace(filled, any.Width, any.Height, Connectivity.Eight).All(o => Area(o) > 0);
    });

    // Shoelace; y grows downwards, so clockwise on screen is positive.
    private static int Area(IReadOnlyList<PixelPoint> corners) =>
        corners.Select((a, i) => (A: a, B: corners[(i + 1) % corners.Count])).Sum(e => (e.A.X * e.B.Y) - (e.B.X * e.A.Y)) / 2;
}
