using System.Runtime.InteropServices;

namespace CxrNet.Core.Tests.Preprocessing;

public sealed class PackingDecodedSamples
{
    private static readonly CardInput Input = new() { Width = 11, Height = 7, Normalization = new InputNormalization { Min = -1, Max = 1 } };

    public static TheoryData<string> Images => [.. All(61, 43).Keys];

    [Theory, MemberData(nameof(Images))]
    public void ItIsTheSameAsThroughAGreyPlane(string name)
    {
        // Every tail of every vector width, then an image that is enlarged.
        foreach (int width in Enumerable.Range(1, 140))
        {
            AssertSame(All(width, 43)[name], Input);
        }

        AssertSame(All(5, 3)[name], Input);
    }

    [Theory, MemberData(nameof(Images))]
    public void SoItIsForEveryGeometryAndFilter(string name)
    {
        foreach (InputGeometry geometry in Enum.GetValues<InputGeometry>())
        {
            foreach (ResizeFilter filter in Enum.GetValues<ResizeFilter>())
            {
                AssertSame(All(61, 43)[name], Input with { Geometry = geometry, Filter = filter });
            }
        }
    }

    [Theory, MemberData(nameof(Images))]
    public void OneImageAllocatesUnderTwoKilobytesBesidesThePool(string name)
    {
        DecodedImage image = All(640, 480)[name];
        AllocationAssert.AtMost(2048, () => InputTensor.FromDecoded([image], Input).Dispose());
    }

    [Fact]
    public void LungHandlingIsRefused() => Assert.Contains(
        "works on grey images",
        Assert.Throws<ArgumentException>(() => InputTensor.FromDecoded([All(4, 4)["8 bits"]], Input with { Lungs = LungHandling.Crop })).Message,
        StringComparison.Ordinal);

    private static void AssertSame(DecodedImage image, CardInput input)
    {
        using InputTensor expected = InputTensor.From([GrayConversion.ToGray(image)], input);
        using InputTensor actual = InputTensor.FromDecoded([image], input);
        Assert.Equal(expected.RegionOf(0), actual.RegionOf(0));
        for (int i = 0; i < expected.Values.Length; i++)
        {
            Assert.Equal(expected.Values.Span[i], actual.Values.Span[i], 4e-6f);
        }
    }

    private static Dictionary<string, DecodedImage> All(int width, int height)
    {
        int length = width * height;
        byte[] bytes = new byte[6 * length];
        new Random(length).NextBytes(bytes);
        ushort[] twelve = [.. Enumerable.Range(0, length).Select(i => (ushort)(i * 977 % 4096))];
        byte[] spare = MemoryMarshal.AsBytes<ushort>(twelve).ToArray(), beyond = [.. spare];
        beyond[1] = 0xFF;
        DecodedImage Make(SampleFormat format, int bits, byte[] samples, DisplayTransform? display = null, PhotometricMeaning photometric = PhotometricMeaning.Monochrome2) =>
            new(width, height, format, photometric, samples, bits) { Display = display ?? DisplayTransform.FullRange };
        return new()
        {
            ["8 bits"] = Make(SampleFormat.UInt8, 8, bytes[..length]),
            ["8 bits, MONOCHROME1"] = Make(SampleFormat.UInt8, 8, bytes[..length], photometric: PhotometricMeaning.Monochrome1),
            ["16 bits"] = Make(SampleFormat.UInt16, 16, bytes[..(2 * length)]),
            ["16 bits signed"] = Make(SampleFormat.Int16, 16, bytes[..(2 * length)]),
            ["12 bits"] = Make(SampleFormat.UInt16, 12, spare),
            ["12 bits, one value beyond"] = Make(SampleFormat.UInt16, 12, beyond),
            ["12 bits, min-max"] = Make(SampleFormat.UInt16, 12, spare, DisplayTransform.MinMax),
            ["12 bits, window"] = Make(SampleFormat.UInt16, 12, spare, new DisplayTransform { Window = new VoiWindow(2000, 1000) }),
            ["12 bits, sigmoid"] = Make(SampleFormat.UInt16, 12, spare, new DisplayTransform { Window = new VoiWindow(2000, 1000, VoiFunction.Sigmoid) }),
            ["colour of 8 bits"] = Make(SampleFormat.UInt8, 8, bytes[..(3 * length)], photometric: PhotometricMeaning.Rgb),
            ["colour of 16 bits"] = Make(SampleFormat.UInt16, 16, bytes, photometric: PhotometricMeaning.Rgb),
        };
    }
}
