using BenchmarkDotNet.Running;

namespace CxrNet.Benchmarks;

/// <summary>Images per second; a call handles one image where a parameter, a set of samples or one of the name Batch, does not say otherwise.</summary>
public sealed class ImagesPerSecondColumn() : RateColumn("img/s", "Images per second")
{
    protected override double AmountOf(BenchmarkCase benchmarkCase) =>
        SamplesOf(benchmarkCase)?.Images ?? benchmarkCase.Parameters.Items.Where(static p => p.Name == "Batch").Select(static p => (int)p.Value).FirstOrDefault(1);
}
