using BenchmarkDotNet.Attributes;

namespace CxrNet.Benchmarks.Stages;

/// <summary>Whether a second thread pays within one image: the same work on the whole plane by one thread, and on its upper and lower half by two.</summary>
/// <remarks>The halves are images of their own, so this is the most that splitting the rows could gain; the seam would have to be read by both.</remarks>
public class TwoThreads
{
    private readonly CardInput _input = new() { Width = 224, Height = 224 };
    private readonly CardInput _half = new() { Width = 224, Height = 112 };
    private DecodedImage _whole = null!;
    private DecodedImage[] _halves = [];
    private float[] _gray = [];

    [Params(1, 5, 20)]
    public int Megapixels { get; set; }

    [Params(8, 16)]
    public int Bits { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        int height = 2 * (int)Math.Round(Math.Sqrt(Megapixels * 1e6 * 0.8) / 2), width = Megapixels * 1_000_000 / height, bytes = Bits / 8;
        byte[] samples = new byte[width * height * bytes];
        new Random(1).NextBytes(samples);
        _whole = Image(samples, width, height);
        _halves = [Image(samples.AsMemory(0, samples.Length / 2), width, height / 2), Image(samples.AsMemory(samples.Length / 2), width, height / 2)];
        _gray = new float[width * height];
    }

    [Benchmark(Description = "samples to input, one thread", Baseline = true)]
    public void Input() => ToInput(_whole, _input);

    [Benchmark(Description = "samples to input, two threads")]
    public void InputByTwo() => Parallel.For(0, 2, i => ToInput(_halves[i], _half));

    [Benchmark(Description = "samples to grey plane, one thread")]
    public void Gray() => GrayConversion.ToGray(_whole, _gray);

    [Benchmark(Description = "samples to grey plane, two threads")]
    public void GrayByTwo() => Parallel.For(0, 2, i => GrayConversion.ToGray(_halves[i], _gray.AsSpan(i * _gray.Length / 2, _gray.Length / 2)));

    private DecodedImage Image(ReadOnlyMemory<byte> samples, int width, int height) =>
        new(width, height, Bits == 8 ? SampleFormat.UInt8 : SampleFormat.UInt16, PhotometricMeaning.Monochrome2, samples, Bits);

    private static void ToInput(DecodedImage image, CardInput input)
    {
        using InputTensor tensor = InputTensor.FromDecoded([image], input);
    }
}
