using BenchmarkDotNet.Attributes;
using CxrNet.Imaging;
using ImageMagick;
using OpenCvSharp;
using StbImageSharp;
using VipsImage = NetVips.Image;

namespace CxrNet.Benchmarks.Stages;

/// <summary>Files in memory to samples, each decoder on one thread and with its own defaults; and how much of the way to a network's input the fast path saves.</summary>
/// <remarks>Every contender must deliver all pixels of every file, or its row fails; the fast path is exempt, that is its point. MB/s counts the samples at full size for all of them.</remarks>
public class Decoding
{
    private const int Side = 224;

    private readonly RadiographDecoder _whole = RadiographDecoder.Default;
    private readonly RadiographDecoder _fast = RadiographDecoder.DecodeTo(Side);
    private readonly CardInput _input = new() { Width = Side, Height = Side };

    public static IEnumerable<PictureSet> Sets => PictureSets.All;

    [ParamsSource(nameof(Sets))]
    public PictureSet Files { get; set; } = null!;

    [GlobalSetup]
    public void Setup()
    {
        Cv2.SetNumThreads(1);
        PreprocessingThreads.Maximum = 1;
        NetVips.NetVips.Concurrency = 1;
        ResourceLimits.Thread = 1;
    }

    [Benchmark(Baseline = true, Description = "CxrNet, whole")]
    public long CxrNet() => AllPixels(file => PixelsOf(_whole.Decode(file)));

    [Benchmark(Description = "CxrNet, DecodeTo(224)")]
    public long CxrNetFast() => Sum(file => PixelsOf(_fast.Decode(file)));

    [Benchmark(Description = "OpenCvSharp")]
    public long OpenCv() => AllPixels(file =>
    {
        using Mat picture = Cv2.ImDecode(file, ImreadModes.Unchanged);
        return picture.Total();
    });

    [Benchmark(Description = "NetVips")]
    public long Vips() => AllPixels(file =>
    {
        using VipsImage picture = VipsImage.NewFromBuffer(file, access: NetVips.Enums.Access.Sequential);
        if (picture.Format == NetVips.Enums.BandFormat.Ushort)
        {
            _ = picture.WriteToMemory<ushort>();
        }
        else
        {
            _ = picture.WriteToMemory<byte>();
        }

        return (long)picture.Width * picture.Height;
    });

    [Benchmark(Description = "Magick.NET (8-bit build)")]
    public long Magick() => AllPixels(file =>
    {
        Refuse16Bit();
        using MagickImage picture = new(file);
        return (long)picture.Width * picture.Height;
    });

    [Benchmark(Description = "StbImageSharp (8 bits)")]
    public long Stb() => AllPixels(file =>
    {
        Refuse16Bit();
        ImageResult picture = ImageResult.FromMemory(file, ColorComponents.Default);
        return (long)picture.Width * picture.Height;
    });

    [Benchmark(Description = "CxrNet, whole, to a 224 x 224 input")]
    public long ToInput() => Sum(file => LengthOfInput(_whole.Decode(file)));

    [Benchmark(Description = "CxrNet, DecodeTo(224), to a 224 x 224 input")]
    public long FastToInput() => Sum(file => LengthOfInput(_fast.Decode(file)));

    private static long PixelsOf(DecodedImage image) => (long)image.Width * image.Height;

    private int LengthOfInput(DecodedImage image)
    {
        using InputTensor input = InputTensor.FromDecoded([image], _input);
        return input.Values.Length;
    }

    private void Refuse16Bit()
    {
        if (Files.Is16Bit)
        {
            throw new NotSupportedException("It would reduce 16 bits to 8, which is another piece of work.");
        }
    }

    private long AllPixels(Func<byte[], long> decode)
    {
        long pixels = Sum(decode);
        return pixels == Files.Pixels ? pixels : throw new InvalidOperationException($"{pixels} pixels delivered, {Files.Pixels} expected.");
    }

    private long Sum(Func<byte[], long> decode)
    {
        long sum = 0;
        foreach (byte[] file in Files.Files)
        {
            sum += decode(file);
        }

        return sum;
    }
}
