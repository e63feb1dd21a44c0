namespace CxrNet.Core.Tests.Preprocessing;

public sealed class PackingABatch
{
    private static readonly CardInput Square = new() { Width = 8, Height = 8 };

    [Fact]
    public void TheShapeIsTheCards()
    {
        using InputTensor nchw = InputTensor.From([Image(20, 10), Image(5, 7)], Square with { Channels = 3, Width = 6 });
        Assert.Equal([2L, 3, 8, 6], nchw.Shape);
        Assert.Equal(2, nchw.Count);
        Assert.Equal(2 * 3 * 8 * 6, nchw.Values.Length);
        using InputTensor nhwc = InputTensor.From([Image(20, 10)], Square with { Channels = 3, Width = 6, Layout = TensorLayout.Nhwc });
        Assert.Equal([1L, 8, 6, 3], nhwc.Shape);
    }

    [Fact]
    public void EachImageIsTheResizedPlane()
    {
        GrayImage[] images = [Image(20, 10), Image(5, 7, 2)];
        using InputTensor input = InputTensor.From(images, Square);
        for (int i = 0; i < images.Length; i++)
        {
            Assert.Equal(Resized(images[i], PixelRegion.Whole(images[i]), 8, 8), input.Values.Slice(i * 64, 64).ToArray());
            Assert.Equal(PixelRegion.Whole(images[i]), input.RegionOf(i));
        }
    }

    [Theory]
    [InlineData(21, 10, 21 / 2 - 5, 0, 10, 10)]
    [InlineData(10, 21, 0, 21 / 2 - 5, 10, 10)]
    [InlineData(9, 9, 0, 0, 9, 9)]
    public void ACentreCropStartsAtHalfMinusHalf(int width, int height, int x, int y, int cropWidth, int cropHeight)
    {
        GrayImage image = Image(width, height);
        using InputTensor input = InputTensor.From([image], Square with { Geometry = InputGeometry.CenterCrop });
        PixelRegion crop = new(x, y, cropWidth, cropHeight);
        Assert.Equal(crop, input.RegionOf(0));
        Assert.Equal(Resized(image, crop, 8, 8), input.Values.ToArray());
    }

    [Fact]
    public void ALetterboxKeepsTheAspectAndPadsWithBlack()
    {
        GrayImage image = new(16, 8, [.. Enumerable.Repeat(1f, 128)]);
        using InputTensor input = InputTensor.From([image], Square with { Geometry = InputGeometry.Letterbox, Normalization = new InputNormalization { Min = -1, Max = 1 } });
        float[] values = input.Values.ToArray();
        for (int y = 0; y < 8; y++)
        {
            Assert.All(values[(y * 8)..((y + 1) * 8)], v => Assert.Equal(y is >= 2 and < 6 ? 1 : -1, v, 1e-6f));
        }

        Assert.Equal(new PixelRegion(0, -4, 16, 16), input.RegionOf(0));
    }

    [Fact]
    public void ARangeIsLinear()
    {
        GrayImage image = Image(8, 8);
        using InputTensor input = InputTensor.From([image], Square with { Normalization = new InputNormalization { Min = -1024, Max = 1024 } });
        AssertClose(Resized(image, PixelRegion.Whole(image), 8, 8).Select(v => (v * 2048.0) - 1024), input.Values, 1e-3);
    }

    [Fact]
    public void PerImageHasMeanZeroAndDeviationOne()
    {
        GrayImage image = Image(20, 20);
        using InputTensor input = InputTensor.From([image], Square with { Normalization = InputNormalization.PerImage });
        float[] plane = Resized(image, PixelRegion.Whole(image), 8, 8);
        double mean = plane.Average(v => (double)v), deviation = Math.Sqrt(plane.Average(v => (v - mean) * (v - mean)));
        AssertClose(plane.Select(v => (v - mean) / deviation), input.Values, 1e-5);
    }

    // The sum of many equal numbers has rounding errors, which are no deviation.
    [Theory, InlineData(0.3f), InlineData(0.5f), InlineData(0.7f), InlineData(0)]
    public void AConstantImageStandardisesToZeros(float level)
    {
        float[] plane = [.. Enumerable.Repeat(level, 192 * 192)];
        Normalization.Standardize(plane, plane);
        Assert.All(plane, static v => Assert.Equal(0, v));
    }

    [Fact]
    public void ChannelsHaveTheirOwnMeanAndDeviationInBothLayouts()
    {
        GrayImage image = Image(30, 17);
        InputNormalization imageNet = new() { Kind = NormalizationKind.MeanStd, Mean = [0.485f, 0.456f, 0.406f], Std = [0.229f, 0.224f, 0.225f] };
        float[] plane = Resized(image, PixelRegion.Whole(image), 8, 8);
        foreach (TensorLayout layout in Enum.GetValues<TensorLayout>())
        {
            using InputTensor input = InputTensor.From([image], Square with { Channels = 3, Layout = layout, Normalization = imageNet });
            for (int i = 0; i < plane.Length; i++)
            {
                for (int c = 0; c < 3; c++)
                {
                    int at = layout == TensorLayout.Nchw ? (c * 64) + i : (i * 3) + c;
                    Assert.Equal((plane[i] - imageNet.Mean[c]) / imageNet.Std[c], input.Values.Span[at], 1e-6f);
                }
            }
        }
    }

    [Fact]
    public void LungsAreAppliedBeforeResizing()
    {
        GrayImage image = Image(16, 16);
        float[] lungs = [.. Enumerable.Range(0, 256).Select(i => i % 16 < 8 ? 0.9f : 0.1f)];
        float[] hidden = [.. image.Pixels.ToArray().Select((v, i) => i % 16 < 8 ? v : 0)];
        using InputTensor input = InputTensor.From([image], [new LungMask(16, 16, lungs)], Square with { Lungs = LungHandling.Apply });
        Assert.Equal(Resized(new GrayImage(16, 16, hidden), PixelRegion.Whole(16, 16), 8, 8), input.Values.ToArray());
    }

    [Fact]
    public void LungsAreCroppedWithAMargin()
    {
        GrayImage image = Image(100, 80);
        float[] lungs = new float[8000];
        lungs[(20 * 100) + 30] = lungs[(59 * 100) + 69] = 1;
        using InputTensor input = InputTensor.From([image], [new LungMask(100, 80, lungs)], Square with { Lungs = LungHandling.Crop });
        PixelRegion box = new(28, 18, 44, 44);
        Assert.Equal(box, input.RegionOf(0));
        Assert.Equal(Resized(image, box, 8, 8), input.Values.ToArray());
    }

    [Theory]
    [InlineData(LungHandling.Apply)]
    [InlineData(LungHandling.Crop)]
    public void AnEmptyMaskLeavesTheWholeImage(LungHandling lungs)
    {
        GrayImage image = Image(16, 16);
        using InputTensor input = InputTensor.From([image], [new LungMask(16, 16, new float[256])], Square with { Lungs = lungs });
        Assert.Equal(Resized(image, PixelRegion.Whole(image), 8, 8), input.Values.ToArray());
    }

    [Fact]
    public void AMissingMaskIsNamed()
    {
        CardInput input = Square with { Lungs = LungHandling.Apply };
        Assert.Contains("lung handling 'Apply'", Assert.Throws<ArgumentException>(() => InputTensor.From([Image(4, 4)], input)).Message, StringComparison.Ordinal);
        Assert.Contains("0 lung masks given for 1 images", Assert.Throws<ArgumentException>(() => InputTensor.From([Image(4, 4)], [], input)).Message, StringComparison.Ordinal);
        Assert.Contains("mask 0 is 2 x 2, its image 4 x 4", Assert.Throws<ArgumentException>(() => InputTensor.From([Image(4, 4)], [new LungMask(2, 2, new float[4])], input)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ACardWithTooFewMeansIsRefused()
    {
        CardInput input = Square with { Channels = 3, Normalization = new InputNormalization { Kind = NormalizationKind.MeanStd, Mean = [0.5f], Std = [0.5f] } };
        Assert.Contains("3 channels, but 1 means", Assert.Throws<ArgumentException>(() => InputTensor.From([Image(4, 4)], input)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AfterDisposalTheValuesAreOutOfReach()
    {
        InputTensor input = InputTensor.From([Image(4, 4)], Square);
        input.Dispose();
        input.Dispose();
        Assert.Throws<ObjectDisposedException>(() => input.Values);
    }

    [Theory]
    [InlineData(InputGeometry.Stretch, 1, LungHandling.None)]
    [InlineData(InputGeometry.Letterbox, 3, LungHandling.None)]
    [InlineData(InputGeometry.CenterCrop, 3, LungHandling.Apply)]
    public void OneImageAllocatesUnderTwoKilobytesBesidesThePool(InputGeometry geometry, int channels, LungHandling lungs)
    {
        GrayImage image = Image(640, 480);
        LungMask[] masks = [new(640, 480, Lengths.Noise(640 * 480))];
        CardInput card = new() { Width = 224, Height = 224, Channels = channels, Geometry = geometry, Lungs = lungs, Layout = TensorLayout.Nhwc };
        AllocationAssert.AtMost(2048, () => InputTensor.From([image], masks, card).Dispose());
    }

    private static GrayImage Image(int width, int height, int seed = 1) => new(width, height, Lengths.Noise(width * height, seed));

    private static float[] Resized(GrayImage image, PixelRegion region, int width, int height)
    {
        float[] plane = new float[width * height];
        Resizer.Resize(image.Pixels, image.Width, image.Height, region, plane, width, height, ResizeFilter.Bilinear);
        return plane;
    }

    private static void AssertClose(IEnumerable<double> expected, ReadOnlyMemory<float> actual, double tolerance)
    {
        double[] all = [.. expected];
        Assert.Equal(all.Length, actual.Length);
        for (int i = 0; i < all.Length; i++)
        {
            Assert.Equal(all[i], actual.Span[i], tolerance);
        }
    }

    [Fact]
    public void InTheCallersMemoryTheValuesAreTheSame()
    {
        CardInput input = new() { Width = 8, Height = 6, Channels = 3, Layout = TensorLayout.Nhwc };
        GrayImage[] images = [new(3, 2, [0, 0.2f, 0.4f, 0.6f, 0.8f, 1]), new(2, 2, [1, 0, 0, 1])];
        float[] memory = new float[(2 * 3 * 8 * 6) + 1];
        memory[^1] = 7;
        using InputTensor rented = InputTensor.From(images, input);
        using (InputTensor own = InputTensor.From(images, input, memory))
        {
            Assert.Equal(rented.Values.ToArray(), own.Values.ToArray());
        }

        Assert.Equal([.. rented.Values.ToArray(), 7], memory);
        Assert.Contains("288 expected", Assert.Throws<ArgumentException>(() => InputTensor.From(images, input, new float[287])).Message, StringComparison.Ordinal);
    }
}
