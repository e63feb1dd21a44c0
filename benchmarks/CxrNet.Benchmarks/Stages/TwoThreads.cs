using BenchmarkDotNet.Attributes;

namespace CxrNet.Benchmarks.Stages;

/// <summary>Whether a second thread pays within one image: from which size on <see cref="PreprocessingThreads"/> should let one help.</summary>
public class TwoThreads
{
    private readonly CardInput _input = new() { Width = 224, Height = 224 };
    private DecodedImage _image = null!;
    private float[] _gray = [];

    [Params(1, 5, 20)]
    public int Megapixels { get; set; }

    [Params(8, 16)]
    public int Bits { get; set; }

    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        PreprocessingThreads.Maximum = Threads;
        int height = (int)Math.Round(Math.Sqrt(Megapixels * 1e6 * 0.8)), width = (int)Math.Ceiling(Megapixels * 1e6 / height);
        byte[] samples = new byte[width * height * Bits / 8];
        new Random(1).NextBytes(samples);
        _image = new DecodedImage(width, height, Bits == 8 ? SampleFormat.UInt8 : SampleFormat.UInt16, PhotometricMeaning.Monochrome2, samples, Bits);
        _gray = new float[width * height];
    }

    [Benchmark(Description = "samples to input")]
    public void Input()
    {
        using InputTensor tensor = InputTensor.FromDecoded([_image], _input);
    }

    [Benchmark(Description = "samples to grey plane")]
    public void Gray() => GrayConversion.ToGray(_image, _gray);
}
