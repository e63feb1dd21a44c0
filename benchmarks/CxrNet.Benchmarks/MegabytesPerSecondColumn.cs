using BenchmarkDotNet.Running;

namespace CxrNet.Benchmarks;

/// <summary>Megabytes (10^6 bytes) of decoded samples per second, where the benchmark has a parameter that says how many bytes there are.</summary>
public sealed class MegabytesPerSecondColumn() : RateColumn("MB/s", "Megabytes (10^6) of decoded samples, at full size, per second")
{
    protected override double AmountOf(BenchmarkCase benchmarkCase) => SamplesOf(benchmarkCase)?.Bytes is > 0 and long bytes ? bytes * 1e-6 : double.NaN;
}
