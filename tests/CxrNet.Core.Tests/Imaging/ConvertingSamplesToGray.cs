using System.Runtime.InteropServices;

namespace CxrNet.Core.Tests.Imaging;

public sealed class ConvertingSamplesToGray
{
    public static TheoryData<int> EveryTail => Lengths.EveryTail;

    [Theory, MemberData(nameof(EveryTail))]
    public void EightBitsAreDividedBy255(int length)
    {
        byte[] samples = [.. Enumerable.Range(0, length).Select(i => (byte)(i * 7))];
        float[] gray = GrayConversion.ToGray(Plane(samples)).Pixels.ToArray();
        Assert.Equal(samples.Select(v => v / 255f), gray);
    }

    [Theory, MemberData(nameof(EveryTail))]
    public void SixteenBitsStaySixteenBits(int length)
    {
        ushort[] samples = [.. Enumerable.Range(0, length).Select(i => (ushort)(i * 977))];
        float[] gray = GrayConversion.ToGray(Plane(samples, 16)).Pixels.ToArray();
        Assert.Equal(samples.Select(v => v / 65535f), gray);
    }

    [Theory, MemberData(nameof(EveryTail))]
    public void SignedSamplesStartAtTheirLowestValue(int length)
    {
        short[] samples = [.. Enumerable.Range(0, length).Select(i => (short)((i * 977 % 4096) - 2048))];
        float[] gray = GrayConversion.ToGray(new DecodedImage(length, 1, SampleFormat.Int16, PhotometricMeaning.Monochrome2, Bytes(samples), 12)).Pixels.ToArray();
        Assert.Equal(samples.Select(v => (v + 2048) / 4095f), gray);
    }

    [Theory, MemberData(nameof(EveryTail))]
    public void ColourBecomesLuma(int length)
    {
        byte[] rgb = [.. Enumerable.Range(0, 3 * length).Select(i => (byte)(i * 37))];
        float[] gray = GrayConversion.ToGray(new DecodedImage(length, 1, SampleFormat.UInt8, PhotometricMeaning.Rgb, rgb, 8)).Pixels.ToArray();
        for (int i = 0; i < length; i++)
        {
            double expected = ((0.299 * rgb[3 * i]) + (0.587 * rgb[(3 * i) + 1]) + (0.114 * rgb[(3 * i) + 2])) / 255;
            Assert.Equal(expected, gray[i], 2e-7);
        }
    }

    [Fact]
    public void Monochrome1IsInverted()
    {
        DecodedImage image = new(3, 1, SampleFormat.UInt8, PhotometricMeaning.Monochrome1, new byte[] { 0, 55, 255 }, 8);
        Assert.Equal([1f, 200 / 255f, 0f], GrayConversion.ToGray(image).Pixels.ToArray());
    }

    [Fact]
    public void AValueBeyondTheStatedBitsIsClampedNotWrapped()
    {
        Assert.Equal([1f, 1f], GrayConversion.ToGray(Plane([4095, 5000], 12)).Pixels.ToArray());
    }

    [Fact]
    public void AConstantImageIsBlackUnderMinMax()
    {
        DecodedImage image = Plane([77, 77], 12, DisplayTransform.MinMax);
        Assert.Equal([0f, 0f], GrayConversion.ToGray(image).Pixels.ToArray());
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2.5, -1024)]
    [InlineData(-1, 4095)]
    public void MinMaxSpansTheModalityOutput(double slope, double intercept)
    {
        ushort[] samples = [100, 300, 4000];
        DecodedImage image = Plane(samples, 12, new DisplayTransform { RescaleSlope = slope, RescaleIntercept = intercept, UseMinMax = true });
        double[] output = [.. samples.Select(v => (v * slope) + intercept)];
        double[] expected = [.. output.Select(v => (v - output.Min()) / (output.Max() - output.Min()))];
        AssertClose(expected, GrayConversion.ToGray(image).Pixels);
    }

    [Theory]
    [InlineData(VoiFunction.Linear, 2048, 4096)]
    [InlineData(VoiFunction.Linear, 1000.5, 100)]
    [InlineData(VoiFunction.Linear, 300, 1)]
    [InlineData(VoiFunction.LinearExact, 40.3, 2.7)]
    [InlineData(VoiFunction.LinearExact, 2000, 1500)]
    [InlineData(VoiFunction.Sigmoid, 2000, 700)]
    public void AWindowFollowsTheStandard(VoiFunction function, double center, double width)
    {
        ushort[] samples = [.. Enumerable.Range(0, 4096).Select(i => (ushort)i)];
        foreach (PhotometricMeaning photometric in new[] { PhotometricMeaning.Monochrome2, PhotometricMeaning.Monochrome1 })
        {
            foreach ((double slope, double intercept) in new[] { (1.0, 0.0), (2.0, -1024.0), (-1.0, 4095.0) })
            {
                DisplayTransform display = new() { RescaleSlope = slope, RescaleIntercept = intercept, Window = new VoiWindow(center, width, function) };
                DecodedImage image = new(4096, 1, SampleFormat.UInt16, photometric, Bytes(samples), 12) { Display = display };
                double[] expected = [.. samples.Select(v => Window(function, center, width, (v * slope) + intercept)).Select(v => photometric == PhotometricMeaning.Monochrome1 ? 1 - v : v)];
                AssertClose(expected, GrayConversion.ToGray(image).Pixels);
            }
        }
    }

    [Fact]
    public void LookupTablesAreUsedBeforeSlopeAndWindow()
    {
        LookupTable modality = new(10, 16, new ushort[] { 500, 501, 503 });
        LookupTable voi = new(501, 8, new ushort[] { 0, 51, 255 });
        DisplayTransform display = new() { ModalityLut = modality, RescaleSlope = 99, VoiLut = voi, Window = new VoiWindow(0, 10) };
        float[] gray = GrayConversion.ToGray(Plane([0, 10, 11, 12, 4000], 12, display)).Pixels.ToArray();
        Assert.Equal([0f, 0f, 0f, 1f, 1f], gray);
    }

    [Fact]
    public void NothingIsAllocatedInTheCallersMemory()
    {
        DecodedImage[] images =
        [
            Plane(new byte[999]),
            Plane(new ushort[999], 12, DisplayTransform.MinMax),
            Plane(new ushort[999], 12, new DisplayTransform { Window = new VoiWindow(40, 400, VoiFunction.Sigmoid) }),
        ];
        float[] gray = new float[999];
        foreach (DecodedImage image in images)
        {
            AllocationAssert.None(() => GrayConversion.ToGray(image, gray));
        }
    }

    private static double Window(VoiFunction function, double c, double w, double v) => function switch
    {
        VoiFunction.Sigmoid => 1 / (1 + Math.Exp(-4 * (v - c) / w)),
        VoiFunction.LinearExact => Math.Clamp(((v - c) / w) + 0.5, 0, 1),
        _ when v <= c - 0.5 - ((w - 1) / 2) => 0,
        _ when v > c - 0.5 + ((w - 1) / 2) => 1,
        _ => ((v - (c - 0.5)) / (w - 1)) + 0.5,
    };

    private static void AssertClose(double[] expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 2e-6);
        }
    }

    private static DecodedImage Plane(byte[] samples) => new(samples.Length, 1, SampleFormat.UInt8, PhotometricMeaning.Monochrome2, samples, 8);

    private static DecodedImage Plane(ushort[] samples, int bits, DisplayTransform? display = null) =>
        new(samples.Length, 1, SampleFormat.UInt16, PhotometricMeaning.Monochrome2, Bytes(samples), bits) { Display = display ?? DisplayTransform.FullRange };

    private static byte[] Bytes<T>(T[] samples)
        where T : unmanaged => MemoryMarshal.AsBytes<T>(samples).ToArray();
}
