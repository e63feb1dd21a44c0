using BenchmarkDotNet.Running;

namespace CxrNet.Benchmarks;

/// <summary>Images per second; a benchmark handles one image per call.</summary>
public sealed class ImagesPerSecondColumn() : RateColumn("img/s", "Images per second")
{
    protected override double AmountOf(BenchmarkCase benchmarkCase) => 1;
}
