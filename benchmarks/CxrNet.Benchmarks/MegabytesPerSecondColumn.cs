using BenchmarkDotNet.Running;

namespace CxrNet.Benchmarks;

/// <summary>Megabytes (10^6 bytes) of stored samples per second, where the benchmark has a parameter that says how many bytes there are.</summary>
public sealed class MegabytesPerSecondColumn() : RateColumn("MB/s", "Megabytes (10^6) of stored samples per second")
{
    protected override double AmountOf(BenchmarkCase benchmarkCase)
    {
        ArgumentNullException.ThrowIfNull(benchmarkCase);
        return benchmarkCase.Parameters.Items.Select(item => item.Value).OfType<ISampleBytes>().FirstOrDefault() is { } samples ? samples.Bytes * 1e-6 : double.NaN;
    }
}
