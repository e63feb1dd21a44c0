using BenchmarkDotNet.Attributes;
using CxrNet.Benchmarks.Peers;
using CxrNet.Imaging;
using CxrNet.Onnx;

namespace CxrNet.Benchmarks.EndToEnd;

/// <summary>The bytes of a 2373 x 2373 JPEG to a result, one after the other: what a user waits for. Same network, same threads; the straightforward program is the baseline.</summary>
public class FromFile
{
    private readonly byte[] _file = Film.Jpeg;
    private StraightforwardProgram _program = null!;
    private OnnxClassifier _classifier = null!;
    private CxrPipeline _pipeline = null!;
    private CxrPipeline _fast = null!;
    private CxrPipeline _whole = null!;

    public static IEnumerable<int> ThreadCounts => BenchmarkScale.Threads;

    [ParamsSource(nameof(ThreadCounts))]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        PreprocessingThreads.Maximum = Threads;
        OnnxOptions options = new() { IntraOpThreads = Threads };
        CxrPipelineOptions open = new() { LeaveOpen = true };
        _program = new StraightforwardProgram(Threads);
        _classifier = OnnxClassifier.Load(BenchmarkModel.Bytes, options);
        _pipeline = new CxrPipeline(RadiographDecoder.Default, _classifier, options: open);
        _fast = new CxrPipeline(RadiographDecoder.DecodeTo(224), _classifier, options: open);
        _whole = CxrNetPipeline.CreateDefault(options);
        Agreement.Require("The pipeline", [.. _pipeline.Analyze(_file).Prediction.Logits], _program.Analyze(_file).Logits);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _program.Dispose();
        _pipeline.Dispose();
        _fast.Dispose();
        _classifier.Dispose();
        _whole.Dispose();
    }

    [Benchmark(Baseline = true, Description = "straightforward C#: scores and map")]
    public void Straightforward() => _program.Analyze(_file);

    [Benchmark(Description = "CxrNet: decode, Classify: scores and map")]
    public void Classify() => _classifier.Classify(GrayConversion.ToGray(RadiographDecoder.Default.Decode(_file)));

    [Benchmark(Description = "CxrNet: pipeline, map of the image's size")]
    public void Pipeline() => _pipeline.Analyze(_file);

    [Benchmark(Description = "CxrNet: the same, DecodeTo(224)")]
    public void Fast() => _fast.Analyze(_file);

    [Benchmark(Description = "CxrNet: pipeline and overlay")]
    public void WithOverlay()
    {
        CxrReport report = _pipeline.Analyze(_file);
        Overlay.Blend(report.Image, report.Map!);
    }

    [Benchmark(Description = "CxrNet: default pipeline, lungs too")]
    public void WithLungs() => _whole.Analyze(_file);
}
