using CxrNet.Onnx.Quantization;

namespace CxrNet.Onnx.Tests;

/// <summary>Known distributions, and what each method makes of them.</summary>
public sealed class ChoosingARange
{
    private const int Values = 200_000;

    [Fact]
    public void MinMaxReachesFromTheLeastToTheGreatest() =>
        Assert.Equal((-3f, 40f), Choose([-3, 0, 1, 40], CalibrationMethod.MinMax));

    [Fact]
    public void APercentileOfUniformValuesCutsItsShareAtEachEnd()
    {
        float[] values = Draw(static r => (float)((4 * r.NextDouble()) - 1));
        (float min, float max) = Choose(values, CalibrationMethod.Percentile, 95);
        // One bin of 2048 is 0.002 wide; the share of 200,000 draws is off by its own deviation.
        Assert.Equal(-1 + (0.05f * 4), min, 0.02f);
        Assert.Equal(3 - (0.05f * 4), max, 0.02f);
    }

    [Fact]
    public void APercentileLeavesASingleOutlierOutAndZerosUncounted()
    {
        float[] values = [.. Draw(static r => (float)r.NextDouble()), 1000, .. new float[Values * 20]];
        (float min, float max) = Choose(values, CalibrationMethod.Percentile, 99.99);
        Assert.Equal(0, min);
        // The bins are as wide as the outlier makes them: 1000 / 2048.
        Assert.InRange(max, 0.5f, 1.5f);
    }

    [Fact]
    public void AHundredPerCentCutNothing() => Assert.Equal((-3f, 40f), Choose([-3, 0, 1, 40], CalibrationMethod.Percentile, 100));

    [Fact]
    public void EntropyKeepsAllOfUniformValues()
    {
        (float min, float max) = Choose(Draw(static r => (float)((2 * r.NextDouble()) - 1)), CalibrationMethod.Entropy);
        Assert.Equal(-1, min, 0.02f);
        Assert.Equal(1, max, 0.02f);
    }

    [Fact]
    public void EntropyCutsTheTailsOfANormalDistributionWithOutliersButNotItsBulk()
    {
        float[] values = [.. Draw(Normal), 60, -60];
        (float min, float max) = Choose(values, CalibrationMethod.Entropy);
        Assert.InRange(max, 2f, 12f);
        Assert.Equal(-max, min);
    }

    [Fact]
    public void EntropyOfValuesOfOneSignHasAllItsLevelsOnThatSide()
    {
        (float min, float max) = Choose(Draw(static r => Math.Max(0, Normal(r))), CalibrationMethod.Entropy);
        Assert.Equal(0, min);
        Assert.InRange(max, 2f, 6f);
    }

    [Fact]
    public void TheDivergenceIsThatOfThePlainFormula()
    {
        // With as many levels as bins Q is P itself, so all bins win by a divergence of exactly 0.
        Random random = new(5);
        long[] counts = [.. Enumerable.Range(0, 256).Select(_ => (long)random.Next(1, 100))];
        Assert.Equal(256, RangeChoice.Best(counts, 256));
        // Far fewer beyond than within, and twice the bins for them: the cut is where the mass ends.
        long[] bulk = [.. Enumerable.Range(0, 256).Select(i => i < 128 ? (long)random.Next(1, 100_000) : 0), .. new long[255], 1];
        Assert.InRange(RangeChoice.Best(bulk, 128), 128, 160);
    }

    [Theory]
    [InlineData(CalibrationMethod.MinMax)]
    [InlineData(CalibrationMethod.Percentile)]
    [InlineData(CalibrationMethod.Entropy)]
    public void NothingButZerosIsARangeOfNothing(CalibrationMethod method)
    {
        (float min, float max) = Choose(new float[10], method);
        Assert.Equal((0f, 0f), (Math.Abs(min), Math.Abs(max)));
    }

    private static (float Minimum, float Maximum) Choose(float[] values, CalibrationMethod method, double percentile = 99.99)
    {
        ValueHistogram histogram = new();
        Assert.True(histogram.Observe(values));
        histogram.Begin(magnitudes: method == CalibrationMethod.Entropy);
        histogram.Count(values);
        return RangeChoice.Of(histogram, new QuantizationOptions { Method = method, Percentile = percentile });
    }

    private static float[] Draw(Func<Random, float> draw)
    {
        Random random = new(4);
        return [.. Enumerable.Range(0, Values).Select(_ => draw(random))];
    }

    // Box and Muller.
    private static float Normal(Random random) => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
}
