namespace CxrNet.Core.Tests.Explanation;

public sealed class CuttingAnImageIntoRegions
{
    private static readonly GrayImage Phantom = ChestPhantom.Create(new PhantomOptions { Width = 96, Height = 80 }).Image;

    [Fact]
    public void PatchesAreRowByRow()
    {
        int[] labels = ImageRegions.Patches(2, 3)(new GrayImage(7, 4, new float[28]));
        Assert.Equal([0, 0, 0, 1, 1, 2, 2], labels[..7]);
        Assert.Equal([3, 3, 3, 4, 4, 5, 5], labels[14..21]);
    }

    [Fact]
    public void SuperpixelsAreConnectedAndAboutAsManyAsAskedFor()
    {
        int[] labels = ImageRegions.Superpixels(40)(Phantom);
        int count = ImageRegions.Count(labels, Phantom);
        Assert.InRange(count, 20, 80);
        for (int region = 0; region < count; region++)
        {
            Assert.Equal(1, Pieces(labels, region, Phantom.Width));
        }
    }

    [Fact]
    public void SuperpixelsKeepToAnEdge()
    {
        GrayImage halves = new(40, 40, [.. Enumerable.Range(0, 1600).Select(i => i % 40 < 17 ? 0.1f : 0.9f)]);
        int[] labels = ImageRegions.Superpixels(16)(halves);
        foreach (IGrouping<int, int> region in Enumerable.Range(0, 1600).GroupBy(i => labels[i]))
        {
            Assert.Single(region.Select(i => halves.Pixels[i]).Distinct());
        }
    }

    [Fact]
    public void AnImageOfOnePixelIsOneRegion() => Assert.Equal([0], ImageRegions.Superpixels()(new GrayImage(1, 1, [0.5f])));

    private static int Pieces(int[] labels, int region, int width)
    {
        HashSet<int> left = [.. Enumerable.Range(0, labels.Length).Where(i => labels[i] == region)];
        int pieces = 0;
        while (left.Count > 0)
        {
            pieces++;
            Stack<int> open = new([left.First()]);
            left.Remove(open.Peek());
            while (open.TryPop(out int i))
            {
                foreach (int next in new[] { i % width > 0 ? i - 1 : -1, i % width < width - 1 ? i + 1 : -1, i - width, i + width })
                {
                    if (left.Remove(next))
                    {
                        open.Push(next);
                    }
                }
            }
        }

        return pieces;
    }
}
