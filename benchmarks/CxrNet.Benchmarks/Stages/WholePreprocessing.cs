using BenchmarkDotNet.Attributes;

namespace CxrNet.Benchmarks.Stages;

/// <summary>One image through the whole preprocessing, each way that a classifier can get it: what it allocates beyond pooled buffers.</summary>
/// <remarks>The column Allocated must stay below 2 KB in the first two rows; the third makes a grey plane that belongs to the caller, 4 bytes a pixel.</remarks>
public class WholePreprocessing
{
    private readonly CardInput _plain = new() { Width = 224, Height = 224 };
    private readonly CardInput _imageNet = InputProfiles.ImageNet(224);
    private float[] _gray = [];

    public static IEnumerable<Plane> Planes => [Plane.Gray8(), Plane.Gray16(), Plane.Color8()];

    [ParamsSource(nameof(Planes))]
    public Plane Samples { get; set; } = null!;

    [GlobalSetup]
    public void Setup()
    {
        PreprocessingThreads.Maximum = 2;
        _gray = new float[Plane.Width * Plane.Height];
    }

    [Benchmark(Description = "samples to input")]
    public float ToInput() => First(InputTensor.FromDecoded([Samples.Image], _plain));

    [Benchmark(Description = "samples to input, ImageNet's three channels")]
    public float ToImageNet() => First(InputTensor.FromDecoded([Samples.Image], _imageNet));

    [Benchmark(Description = "samples to a new grey plane to input")]
    public float ThroughGray() => First(InputTensor.From([GrayConversion.ToGray(Samples.Image)], _plain));

    [Benchmark(Description = "samples to grey, into own memory")]
    public void Gray() => GrayConversion.ToGray(Samples.Image, _gray);

    private static float First(InputTensor tensor)
    {
        using (tensor)
        {
            return tensor.Values.Span[0];
        }
    }
}
