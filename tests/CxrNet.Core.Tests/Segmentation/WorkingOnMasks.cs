using CsCheck;

namespace CxrNet.Core.Tests.Segmentation;

public sealed class WorkingOnMasks
{
    private static readonly Gen<(int Width, int Height, byte[] Mask)> AnyMask =
        Gen.Int[1, 40].SelectMany(Gen.Int[1, 12], (width, height) => Gen.Byte[0, 1].Array[width * height].Select(mask => (width, height, mask)));

    [Fact]
    public void ErosionMatchesTheDefinition() => AnyMask.Sample(any =>
    {
        byte[] eroded = new byte[any.Mask.Length], dilated = new byte[any.Mask.Length];
        Morphology.Erode(any.Mask, any.Width, any.Height, eroded);
        Morphology.Dilate(any.Mask, any.Width, any.Height, dilated);
        for (int i = 0; i < eroded.Length; i++)
        {
            int x = i % any.Width, y = i / any.Width;
            byte At(int dx, int dy) => (uint)(x + dx) < (uint)any.Width && (uint)(y + dy) < (uint)any.Height ? any.Mask[((y + dy) * any.Width) + x + dx] : (byte)0;
            byte[] cross = [At(0, 0), At(-1, 0), At(1, 0), At(0, -1), At(0, 1)];
            if (eroded[i] != cross.Min() || dilated[i] != cross.Max())
            {
                return false;
            }
        }

        return true;
    });

    [Fact]
    public void TwoIterationsAreTwoCalls() => AnyMask.Sample(any =>
    {
        byte[] once = new byte[any.Mask.Length], twice = new byte[any.Mask.Length], both = new byte[any.Mask.Length];
        Morphology.Dilate(any.Mask, any.Width, any.Height, once);
        Morphology.Dilate(once, any.Width, any.Height, twice);
        Morphology.Dilate(any.Mask, any.Width, any.Height, both, 2);
        return twice.AsSpan().SequenceEqual(both);
    });

    [Theory, MemberData(nameof(Lengths.EveryTail), MemberType = typeof(Lengths))]
    public void ThresholdingMatchesTheFormula(int length)
    {
        float[] probabilities = Lengths.Noise(length);
        for (int i = 0; i < length; i += 5)
        {
            probabilities[i] = i % 2 == 0 ? 0.5f : float.NaN;
        }

        byte[] mask = new byte[length];
        MaskThreshold.Apply(probabilities, 0.5f, mask);
        Assert.Equal(probabilities.Select(p => p >= 0.5f ? (byte)1 : (byte)0), mask);
    }

    [Fact]
    public void CleaningKeepsTheTwoLungsAndRaisesTheirHoles()
    {
        // Two parts of 7 and 5, a speck, and a hole of 0.1 in the first.
        float[] probabilities =
        [
            0.9f, 0.8f, 0.7f, 0, 0, 0.6f,
            0.9f, 0.1f, 0.7f, 0, 0, 0.6f,
            0.9f, 0.5f, 0.6f, 0, 0.6f, 0.6f,
            0, 0, 0, 0, 0.6f, 0,
            0.9f, 0.4f, 0, 0, 0, 0,
        ];
        LungMask cleaned = new LungMask(6, 5, probabilities).Clean();
        float[] expected = [.. probabilities];
        (expected[7], expected[24], expected[25]) = (0.5f, 0, 0);
        Assert.Equal(expected, cleaned.Probabilities);
    }

    [Fact]
    public void LabelsMatchAFloodFill() => AnyMask.Sample(any =>
    {
        foreach (Connectivity connectivity in Enum.GetValues<Connectivity>())
        {
            int[] labels = new int[any.Mask.Length], expected = new int[any.Mask.Length];
            int count = ConnectedComponents.Label(any.Mask, any.Width, any.Height, connectivity, labels);
            int next = 0;
            for (int i = 0; i < expected.Length; i++)
            {
                if (any.Mask[i] == 1 && expected[i] == 0)
                {
                    Flood(any.Mask, any.Width, any.Height, connectivity, i, ++next, expected);
                }
            }

            if (count != next || !labels.AsSpan().SequenceEqual(expected))
            {
                return false;
            }
        }

        return true;
    });

    [Fact]
    public void EveryPixelMayBeAPartOfItsOwn()
    {
        // 128 runs fill pooled arrays to their end before they grow, and every run is a part.
        const int Width = 32, Height = 17;
        byte[] dots = [.. Enumerable.Range(0, Width * Height).Select(static i => i % 2 == 0 && i / Width % 2 == 0 ? (byte)1 : (byte)0)];
        int[] labels = new int[dots.Length];
        Assert.Equal(144, ConnectedComponents.Label(dots, Width, Height, Connectivity.Eight, labels));
        Assert.Equal(Enumerable.Range(1, 144), labels.Where(static label => label > 0));

        byte[] result = new byte[dots.Length], right = new byte[dots.Length];
        LargestComponents.Keep(dots, Width, Height, 2, Connectivity.Eight, result);
        Assert.Equal(2, result.Sum(static v => v));
        SmallParts.Remove(dots, Width, Height, 2, Connectivity.Eight, result);
        Assert.Equal(0, result.Sum(static v => v));
        HoleFilling.Fill([.. dots.Select(static v => (byte)(1 - v))], Width, Height, Connectivity.Eight, result);
        Assert.Equal(Enumerable.Range(0, dots.Length).Select(i => dots[i] == 0 || (i % Width > 0 && i / Width is > 0 and < Height - 1) ? (byte)1 : (byte)0), result);
        LungSides.Split(dots, Width, Height, result, right);
        Assert.Equal(dots, result.Zip(right, static (l, r) => (byte)(l + r)));
    }

    [Fact]
    public void TwoLungsGoToTheirSides()
    {
        byte[] mask = [1, 1, 0, 0, 1, 1, 0, 0, 0, 1], left = new byte[10], right = new byte[10];
        LungSides.Split(mask, 5, 2, left, right);
        Assert.Equal([1, 1, 0, 0, 0, 1, 0, 0, 0, 0], left);
        Assert.Equal([0, 0, 0, 0, 1, 0, 0, 0, 0, 1], right);
    }

    [Fact]
    public void LungsThatAreGrownTogetherAreCutWhereTheyAreThinnest()
    {
        byte[] mask = [1, 1, 0, 1, 1, 1, 1, 1, 1, 1], left = new byte[10], right = new byte[10];
        LungSides.Split(mask, 5, 2, left, right);
        Assert.Equal([1, 1, 0, 0, 0, 1, 1, 0, 0, 0], left);
        Assert.Equal([0, 0, 0, 1, 1, 0, 0, 1, 1, 1], right);
    }

    [Fact]
    public void TheTwoSidesAddUpToTheMask() => AnyMask.Sample(any =>
    {
        byte[] left = new byte[any.Mask.Length], right = new byte[any.Mask.Length];
        LungSides.Split(any.Mask, any.Width, any.Height, left, right);
        return any.Mask.Zip(left.Zip(right, (l, r) => l + r), (m, sum) => m == sum).All(same => same);
    });

    [Fact]
    public void ABoxIsWidenedByItsLongerSideAndCutAtTheBorder()
    {
        float[] lungs = new float[200 * 100];
        lungs[(10 * 200) + 60] = lungs[(89 * 200) + 159] = 0.9f;
        Assert.Equal(new PixelRegion(50, 0, 120, 100), LungCrop.BoxOf(new LungMask(200, 100, lungs), 0.1f));
        Assert.Equal(new PixelRegion(60, 10, 100, 80), LungCrop.BoxOf(new LungMask(200, 100, lungs), 0));
        Assert.Equal(PixelRegion.Whole(200, 100), LungCrop.BoxOf(new LungMask(200, 100, new float[20000])));
    }

    [Fact]
    public void NothingIsAllocated()
    {
        byte[] mask = [.. Lengths.Noise(60 * 50).Select(v => v > 0.5f ? (byte)1 : (byte)0)], result = new byte[3000], second = new byte[3000];
        int[] labels = new int[3000];
        float[] probabilities = Lengths.Noise(3000);
        LungMask lungs = new(60, 50, probabilities);
        AllocationAssert.None(() => MaskThreshold.Apply(probabilities, 0.5f, result));
        AllocationAssert.None(() => ConnectedComponents.Label(mask, 60, 50, Connectivity.Eight, labels));
        AllocationAssert.None(() => LargestComponents.Keep(mask, 60, 50, 2, Connectivity.Eight, result));
        AllocationAssert.None(() => HoleFilling.Fill(mask, 60, 50, Connectivity.Four, result));
        AllocationAssert.None(() => SmallParts.Remove(mask, 60, 50, 20, Connectivity.Eight, result));
        AllocationAssert.None(() => SmallParts.FillHoles(mask, 60, 50, 20, Connectivity.Four, result));
        AllocationAssert.None(() => Morphology.Open(mask, 60, 50, result, 2));
        AllocationAssert.None(() => Morphology.Close(mask, 60, 50, result));
        AllocationAssert.None(() => MaskBounds.Of(mask, 60, 50));
        AllocationAssert.None(() => LungCrop.BoxOf(lungs));
        AllocationAssert.None(() => LungSides.Split(mask, 60, 50, result, second));
    }

    private static void Flood(byte[] mask, int width, int height, Connectivity connectivity, int start, int label, int[] labels)
    {
        Stack<int> open = new([start]);
        labels[start] = label;
        while (open.TryPop(out int i))
        {
            for (int dy = -1; dy <= 1; dy++)
            {
                for (int dx = -1; dx <= 1; dx++)
                {
                    int x = (i % width) + dx, y = (i / width) + dy;
                    bool near = connectivity == Connectivity.Eight || dx == 0 || dy == 0;
                    if (near && (uint)x < (uint)width && (uint)y < (uint)height && mask[(y * width) + x] == 1 && labels[(y * width) + x] == 0)
                    {
                        labels[(y * width) + x] = label;
                        open.Push((y * width) + x);
                    }
                }
            }
        }
    }
}
