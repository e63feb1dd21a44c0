using BenchmarkDotNet.Attributes;
using CxrNet.Benchmarks.EndToEnd;
using CxrNet.Benchmarks.Peers;
using CxrNet.Imaging;
using CxrNet.Onnx;

namespace CxrNet.Benchmarks.Scaling;

/// <summary>Images a second from JPEG bytes to scores and map, over the side of the image: how the work moves from the network to the decoder.</summary>
public class OverSide
{
    private byte[] _file = [];
    private OnnxClassifier _classifier = null!;

    public static IEnumerable<int> Sides => BenchmarkScale.Of<int[]>([256, 1024, 2048], [192, 512, 1024, 2048, 3072]);

    public static IEnumerable<int> ThreadCounts => BenchmarkScale.Threads;

    [ParamsSource(nameof(Sides))]
    public int Side { get; set; }

    [ParamsSource(nameof(ThreadCounts))]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        PreprocessingThreads.Maximum = Threads;
        _classifier = OnnxClassifier.Load(BenchmarkModel.Bytes, new OnnxOptions { IntraOpThreads = Threads });
        _file = GrayJpeg.Encode(BenchmarkModel.Draw(3, Side));
    }

    [GlobalCleanup]
    public void Cleanup() => _classifier.Dispose();

    [Benchmark(Description = "JPEG to scores and map")]
    public void Classify() => _classifier.Classify(GrayConversion.ToGray(RadiographDecoder.Default.Decode(_file)));
}
