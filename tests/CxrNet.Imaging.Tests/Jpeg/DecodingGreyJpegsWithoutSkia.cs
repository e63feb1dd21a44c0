using System.Runtime.Intrinsics.X86;
using CxrNet.TestData;
using SkiaSharp;

namespace CxrNet.Imaging.Tests;

/// <summary>Skia's own decoder is the expectation: every pixel, and every file that only it may judge.</summary>
public sealed class DecodingGreyJpegsWithoutSkia
{
    public static TheoryData<int, int, int> Sizes => new(
        from size in ((int, int)[])[(1, 1), (7, 9), (8, 8), (17, 16), (64, 33), (129, 65)]
        from quality in (int[])[1, 20, 75, 95, 100]
        select (size.Item1, size.Item2, quality));

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 40)];

    [Theory, MemberData(nameof(Sizes))]
    public void NoiseAndFlatPartsAreThePixelsOfSkia(int width, int height, int quality)
    {
        RequireVectors();
        byte[] file = Encode(width, height, quality, new Random(width + quality));
        byte[] pixels = new byte[width * height];
        Assert.True(GrayJpeg.TryDecode(file, width, height, pixels));
        Assert.Equal(BySkia(file), pixels);
    }

    [Fact]
    public void TheWholeDecoderTakesThisWay()
    {
        byte[] file = Encode(80, 60, 90, new Random(3));
        DecodedImage image = RadiographDecoder.Default.Decode(file);
        Assert.Equal((80, 60, 1), (image.Width, image.Height, image.Channels));
        Assert.Equal(BySkia(file), image.Samples.ToArray());
    }

    /// <summary>A scan of four blocks twice with a marker between: the second half is the first again only if the marker resets the prediction.</summary>
    [Fact]
    public void RestartMarkersAreFollowed()
    {
        RequireVectors();
        byte[] half = Pictures.Jpeg(32, 8, SKColorType.Gray8);
        int scan = half.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]) + 10;
        byte[] entropy = half[scan..^2], head = half[..scan];
        head[head.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]) + 8] = 64;
        byte[] Joined(byte marker) => [.. head[..2], 0xFF, 0xDD, 0, 4, 0, 4, .. head[2..], .. entropy, 0xFF, marker, .. entropy, 0xFF, 0xD9];
        byte[] pixels = new byte[64 * 8];
        Assert.True(GrayJpeg.TryDecode(Joined(0xD0), 64, 8, pixels));
        Assert.Equal(BySkia(Joined(0xD0)), pixels);
        Assert.Equal(pixels.AsSpan(0, 32), pixels.AsSpan(32, 32));
        Assert.False(GrayJpeg.TryDecode(Joined(0xD1), 64, 8, pixels));
    }

    /// <summary>Whatever a damaged file is to Skia, it stays: the same pixels, or the same refusal.</summary>
    [Theory, MemberData(nameof(Seeds))]
    public void ADamagedFileIsWhatSkiaMakesOfIt(int seed)
    {
        RequireVectors();
        Random random = new(seed);
        byte[] file = Encode(96, 72, 60, new Random(5));
        for (int i = 0; i < 40; i++)
        {
            byte[] damaged = [.. file];
            damaged[random.Next(2, damaged.Length)] ^= (byte)(1 << random.Next(8));
            if (random.Next(4) == 0)
            {
                damaged = damaged[..random.Next(20, damaged.Length)];
            }

            byte[] pixels = new byte[96 * 72];
            if (GrayJpeg.TryDecode(damaged, 96, 72, pixels))
            {
                Assert.Equal(BySkia(damaged), pixels);
            }
        }
    }

    /// <summary>From a megapixel on two threads work, in whatever order; many at once, so that helpers come late or not at all.</summary>
    [Theory]
    [InlineData(1203, 997)]
    [InlineData(1600, 640)]
    public void LargeFilmsOnTwoThreadsAreThePixelsOfSkia(int width, int height)
    {
        RequireVectors();
        byte[] file = Encode(width, height, 80, new Random(width)), expected = BySkia(file);
        Parallel.For(0, 24, _ =>
        {
            byte[] pixels = new byte[width * height];
            Assert.True(GrayJpeg.TryDecode(file, width, height, pixels));
            Assert.True(expected.AsSpan().SequenceEqual(pixels));
        });
    }

    [Fact]
    public void ADamagedLargeFilmIsWhatSkiaMakesOfIt()
    {
        RequireVectors();
        Random random = new(4);
        byte[] file = Encode(1100, 960, 60, new Random(5));
        for (int i = 0; i < 12; i++)
        {
            byte[] damaged = i % 3 == 0 ? file[..random.Next(1000, file.Length)] : [.. file];
            damaged[random.Next(700, damaged.Length)] ^= (byte)(1 << random.Next(8));
            byte[] pixels = new byte[1100 * 960];
            if (GrayJpeg.TryDecode(damaged, 1100, 960, pixels))
            {
                Assert.True(BySkia(damaged).AsSpan().SequenceEqual(pixels));
            }
        }
    }

    [Theory]
    [InlineData(95, 60)]
    [InlineData(96, 71)]
    public void AnotherSizeThanTheFilesIsNotDecoded(int width, int height) =>
        Assert.False(GrayJpeg.TryDecode(Encode(96, 72, 60, new Random(5)), width, height, new byte[96 * 72]));

    [Fact]
    public void ColourAndOtherFormatsAreLeftToSkia()
    {
        Assert.False(GrayJpeg.TryDecode(Pictures.Jpeg(16, 16, SKColorType.Rgba8888), 16, 16, new byte[256]));
        Assert.False(GrayJpeg.TryDecode([0xFF, 0xD8, 0xFF, 0xD9], 16, 16, new byte[256]));
        Assert.False(GrayJpeg.TryDecode([], 16, 16, new byte[256]));
    }

    [Fact]
    public void UntouchedRadiographsAreThePixelsOfSkia()
    {
        RequireVectors();
        int decoded = 0;
        foreach (string path in Directory.EnumerateFiles(TestFolders.RequireData("originals"), "*.jpg"))
        {
            byte[] file = File.ReadAllBytes(path);
            JpegHeader header = JpegHeader.Read(file);
            byte[] pixels = new byte[header.Width * header.Height];
            if (GrayJpeg.TryDecode(file, header.Width, header.Height, pixels))
            {
                decoded++;
                Assert.True(BySkia(file).AsSpan().SequenceEqual(pixels), Path.GetFileName(path));
            }
        }

        Assert.True(decoded >= 10, $"{decoded} of the originals took this way; 10 or more of them are grey and sequential.");
    }

    private static void RequireVectors() => Assert.SkipUnless(Avx2.IsSupported, "This processor has no AVX2; Skia decodes all.");

    private static byte[] BySkia(byte[] file)
    {
        using SKData data = SKData.CreateCopy(file);
        using SKCodec codec = SKCodec.Create(data) ?? throw new InvalidDataException("Skia refuses it.");
        SKImageInfo info = new(codec.Info.Width, codec.Info.Height, SKColorType.Gray8, SKAlphaType.Opaque);
        Assert.Equal(SKCodecResult.Success, codec.GetPixels(info, out byte[] pixels));
        return pixels;
    }

    // A third each: noise from black to white, a ramp, nothing.
    private static byte[] Encode(int width, int height, int quality, Random random)
    {
        using SKBitmap bitmap = new(new SKImageInfo(width, height, SKColorType.Gray8, SKAlphaType.Opaque));
        Span<byte> pixels = bitmap.GetPixelSpan();
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                pixels[(y * bitmap.RowBytes) + x] = (3 * y / height) switch { 0 => (byte)random.Next(256), 1 => (byte)(255 * x / width), _ => 40 };
            }
        }

        using SKData data = bitmap.Encode(SKEncodedImageFormat.Jpeg, quality);
        return data.ToArray();
    }
}
