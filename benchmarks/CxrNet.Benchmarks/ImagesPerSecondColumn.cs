using BenchmarkDotNet.Running;

namespace CxrNet.Benchmarks;

/// <summary>Images per second; a call handles one image where its parameter does not say otherwise.</summary>
public sealed class ImagesPerSecondColumn() : RateColumn("img/s", "Images per second")
{
    protected override double AmountOf(BenchmarkCase benchmarkCase) => SamplesOf(benchmarkCase)?.Images ?? 1;
}
