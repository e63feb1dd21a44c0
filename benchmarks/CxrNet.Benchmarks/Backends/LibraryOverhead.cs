using BenchmarkDotNet.Attributes;
using CxrNet.Benchmarks.Peers;
using CxrNet.Models;
using CxrNet.Onnx;

namespace CxrNet.Benchmarks.Backends;

/// <summary>Classify, which prepares images, runs them and reads results, against a bare session on ready tensors. The shipped network.</summary>
public class LibraryOverhead
{
    private BareSession _bare = null!;
    private OnnxClassifier _withMap = null!, _withoutMap = null!;
    private GrayImage[] _images = null!;

    [Params(1, 8)]
    public int Batch { get; set; }

    /// <summary>Sides of the images: the network's own, and a radiograph's as viewers show it.</summary>
    [Params(192, 1024)]
    public int Side { get; set; }

    [GlobalSetup]
    public void Load()
    {
        _images = [.. Enumerable.Range(1, Batch).Select(seed => ChestPhantom.Create(new PhantomOptions { Seed = seed, Width = Side, Height = Side }).Image)];
        _bare = new BareSession(BenchmarkModel.Bytes, Batch, threads: 0);
        _withMap = OnnxClassifier.Load(BundledModels.CxrNetS.ReadAllBytes());
        _withoutMap = OnnxClassifier.Load(BundledModels.CxrNetS.ReadAllBytes(), new OnnxOptions { ReadMap = false });
    }

    [GlobalCleanup]
    public void Free()
    {
        _bare.Dispose();
        _withMap.Dispose();
        _withoutMap.Dispose();
    }

    [Benchmark(Baseline = true)]
    public void BareSessionOnReadyTensors() => _bare.RunOnce();

    [Benchmark]
    public IReadOnlyList<CxrPrediction> Classify() => _withMap.Classify(_images);

    [Benchmark]
    public IReadOnlyList<CxrPrediction> ClassifyWithoutTheMap() => _withoutMap.Classify(_images);
}
