using BenchmarkDotNet.Attributes;
using CxrNet.Benchmarks.Peers;
using CxrNet.Onnx;

namespace CxrNet.Benchmarks.Scaling;

/// <summary>Images a second where several threads call one classifier at once, each an image at a time; the engine has one thread per call.</summary>
public class OverCallers
{
    private const int ImagesEach = 8;

    private readonly GrayImage[] _image = BenchmarkModel.Images(1);
    private OnnxClassifier _classifier = null!;

    public static IEnumerable<CallerCount> Counts => [.. BenchmarkScale.Of<int[]>([1, 2, 4], [1, 2, 4, 8, 16]).Select(static n => new CallerCount(n, n * ImagesEach))];

    [ParamsSource(nameof(Counts))]
    public CallerCount Callers { get; set; } = null!;

    [GlobalSetup]
    public void Setup() => _classifier = OnnxClassifier.Load(BenchmarkModel.Bytes, new OnnxOptions { IntraOpThreads = 1 });

    [GlobalCleanup]
    public void Cleanup() => _classifier.Dispose();

    [Benchmark(Description = "Classify, 8 images each")]
    public void Classify()
    {
        Thread[] threads = [.. Enumerable.Range(0, Callers.Count).Select(_ => new Thread(CallOneByOne))];
        Array.ForEach(threads, static t => t.Start());
        Array.ForEach(threads, static t => t.Join());
    }

    private void CallOneByOne()
    {
        for (int i = 0; i < ImagesEach; i++)
        {
            _classifier.Classify(_image);
        }
    }
}
