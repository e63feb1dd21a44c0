using BenchmarkDotNet.Attributes;
using CxrNet.Benchmarks.Peers;

namespace CxrNet.Benchmarks.Backends;

/// <summary>The network on the execution providers that this ONNX Runtime and this machine have, by bare sessions on ready tensors; the CPU beside them. Those that are missing are skipped with their reason.</summary>
public class Accelerators
{
    private BareSession _session = null!;

    public static IEnumerable<ExecutionProvider> Providers => ExecutionProvider.Present();

    public static IEnumerable<int> Batches => BenchmarkScale.Of<int[]>([1, 8], [1, 8, 32]);

    [ParamsSource(nameof(Providers))]
    public ExecutionProvider Provider { get; set; } = null!;

    [ParamsSource(nameof(Batches))]
    public int Batch { get; set; }

    [GlobalSetup]
    public void Setup() => _session = new BareSession(BenchmarkModel.Bytes, Batch, BenchmarkScale.MostThreads, provider: Provider.Append);

    [GlobalCleanup]
    public void Cleanup() => _session.Dispose();

    [Benchmark(Description = "bare session")]
    public void Session() => _session.RunOnce();
}
