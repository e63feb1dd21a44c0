using BenchmarkDotNet.Attributes;
using CxrNet.Imaging;
using CxrNet.Models;
using CxrNet.Onnx;

namespace CxrNet.Benchmarks.EndToEnd;

/// <summary>JPEG files to results: the stream beside each of its two stages alone, each stage with the one thread that it has in the stream.</summary>
/// <remarks>The aim: the stream's images per second are 0.9 or more of the slower stage's. One after the other on one thread is the baseline. <c>eng/stream-throughput.cs</c> measures the same in alternating rounds, for machines that are not quiet.</remarks>
public class Streaming
{
    private const int Batch = 8;

    private static readonly StreamingOptions Options = new() { MaxBatch = Batch, Decoders = 1, ConcurrentBatches = 1 };

    private OnnxClassifier _classifier = null!;
    private GrayImage[] _images = [];

    // A call over the untouched radiographs takes seconds: in the tour it is the claims that go over them, in turn.
    public static IEnumerable<JpegFolder> Sets => BenchmarkScale.IsFull ? JpegFolder.All : JpegFolder.All.Take(1);

    [ParamsSource(nameof(Sets))]
    public JpegFolder Files { get; set; } = null!;

    [GlobalSetup]
    public void Setup()
    {
        PreprocessingThreads.Maximum = 1;
        _classifier = OnnxClassifier.Load(BundledModels.CxrNetS.ReadAllBytes(), new OnnxOptions { IntraOpThreads = 1, MaxBatch = Batch });
        _images = [.. Files.Paths.Select(Decode)];
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _classifier.Dispose();
        _images = [];
    }

    [Benchmark(Baseline = true, Description = "one after the other")]
    public int OneAfterTheOther() => Classify([.. Files.Paths.Select(Decode)]);

    [Benchmark(Description = "decoding alone")]
    public long DecodingAlone() => Files.Paths.Sum(static path => (long)Decode(path).Width);

    [Benchmark(Description = "classifying alone, batches of 8")]
    public int ClassifyingAlone() => Classify(_images);

    [Benchmark(Description = "streamed")]
    public async Task<int> Streamed()
    {
        int results = 0;
        await foreach (StreamResult<CxrPrediction> result in _classifier.ClassifyAsync(Files.Paths.ToAsyncEnumerable(), RadiographDecoder.Default, Options).ConfigureAwait(false))
        {
            _ = result.Require();
            results++;
        }

        return results;
    }

    private static GrayImage Decode(string path) => GrayConversion.ToGray(RadiographDecoder.Default.DecodeFile(path));

    private int Classify(IReadOnlyList<GrayImage> images)
    {
        int results = 0;
        foreach (GrayImage[] batch in images.Chunk(Batch))
        {
            results += _classifier.Classify(batch).Count;
        }

        return results;
    }
}
