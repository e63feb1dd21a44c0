using BenchmarkDotNet.Attributes;
using CxrNet.Benchmarks.Peers;

namespace CxrNet.Benchmarks.Backends;

/// <summary>The shipped network on every engine of this process: images of its own size to logits and map. The library's rows are whole calls of <c>Classify</c>, the others the network alone on ready tensors.</summary>
/// <remarks>Same weights, same images, same threads; nobody is timed whose logits are not those of the bare session.</remarks>
public class Engines
{
    private INetworkPeer _peer = null!;

    public static IEnumerable<int> Batches => BenchmarkScale.Of<int[]>([1, 8], [1, 8, 32]);

    public static IEnumerable<int> ThreadCounts => BenchmarkScale.Threads;

    public static IEnumerable<bool> Maps => BenchmarkScale.Of<bool[]>([true], [true, false]);

    [ParamsSource(nameof(Batches))]
    public int Batch { get; set; }

    [ParamsSource(nameof(ThreadCounts))]
    public int Threads { get; set; }

    [ParamsSource(nameof(Maps))]
    public bool WithMap { get; set; }

    [GlobalSetup(Target = nameof(Bare))]
    public void SetUpBare() => Use(new BareSession(BenchmarkModel.Bytes, Batch, Threads, WithMap));

    [GlobalSetup(Target = nameof(Onnx))]
    public void SetUpOnnx() => Use(LibraryPeers.Onnx(Batch, Threads, WithMap));

    [GlobalSetup(Target = nameof(OnnxInt8))]
    public void SetUpInt8() => Use(LibraryPeers.Int8(Batch, Threads), exact: false);

    [GlobalSetup(Target = nameof(Torch))]
    public void SetUpTorch() => Use(LibraryPeers.Torch(Batch, Threads));

    [GlobalSetup(Target = nameof(TorchSharpUser))]
    public void SetUpTorchSharp() => Use(new TorchSharpEager(Batch, Threads));

    [GlobalSetup(Target = nameof(OpenCv))]
    public void SetUpOpenCv() => Use(new OpenCvNetwork(Batch, Threads));

    [GlobalCleanup]
    public void Cleanup() => _peer.Dispose();

    [Benchmark(Baseline = true, Description = "ONNX Runtime C#, bare session")]
    public void Bare() => _peer.Run();

    [Benchmark(Description = LibraryPeers.OnnxName)]
    public void Onnx() => _peer.Run();

    [Needs("int8"), Benchmark(Description = LibraryPeers.Int8Name)]
    public void OnnxInt8() => _peer.Run();

    [Needs("torch"), Benchmark(Description = LibraryPeers.TorchName)]
    public void Torch() => _peer.Run();

    [Needs("torch"), Benchmark(Description = "TorchSharp, eager")]
    public void TorchSharpUser() => _peer.Run();

    [Needs("opencv"), Benchmark(Description = "OpenCV DNN (OpenCvSharp)")]
    public void OpenCv() => _peer.Run();

    private void Use(INetworkPeer peer, bool exact = true)
    {
        _peer = peer;
        using BareSession reference = new(BenchmarkModel.Bytes, Batch, Threads);
        reference.Run();
        peer.Run();
        if (exact)
        {
            Agreement.Require(peer.Name, peer.Logits, reference.Logits);
        }
    }
}
