using CsCheck;

namespace CxrNet.Evaluation.Tests;

public sealed class DrawingIntervals
{
    [Fact]
    public void WilsonHoldsTheEstimateAndShrinksWithTheTrials() =>
        Gen.Select(Gen.Int[0, 50], Gen.Int[1, 50]).Sample((hits, more) =>
        {
            Interval small = WilsonInterval.Of(hits, hits + more);
            Interval large = WilsonInterval.Of(10L * hits, 10L * (hits + more));
            Assert.True(small.Contains(small.Estimate));
            Assert.InRange(small.Low, 0, 1);
            Assert.InRange(small.High, 0, 1);
            Assert.True(large.High - large.Low < small.High - small.Low);
        });

    [Fact]
    public void TheNormalsCriticalValuesAreThoseOfTheTables()
    {
        Assert.Equal(1.959963984540054, NormalDistribution.CriticalValue(0.95), 13);
        Assert.Equal(2.5758293035489004, NormalDistribution.CriticalValue(0.99), 13);
        Assert.Equal(0.6744897501960817, NormalDistribution.CriticalValue(0.5), 13);
        Assert.Equal(0.05, NormalDistribution.TwoSided(-1.959963984540054), 14);
    }

    [Fact]
    public void TheSameSeedDrawsTheSameInterval()
    {
        double[] values = [.. Enumerable.Range(0, 40).Select(i => Math.Sin(i))];
        Interval one = MeanInterval.Of(values, new BootstrapOptions { Seed = 7, Replicates = 200 });
        Assert.Equal(one, MeanInterval.Of(values, new BootstrapOptions { Seed = 7, Replicates = 200 }));
        Assert.NotEqual(one, MeanInterval.Of(values, new BootstrapOptions { Seed = 8, Replicates = 200 }));
        Assert.True(one.Contains(one.Estimate));
    }

    [Fact]
    public void TheBootstrapOfAMeanIsNearTheNormalInterval()
    {
        double[] values = [.. Enumerable.Range(0, 100).Select(i => i % 2 == 0 ? 0.0 : 1.0)];
        Interval interval = MeanInterval.Of(values, new BootstrapOptions { Replicates = 4000 });
        Assert.Equal(0.5 - (1.96 * 0.05), interval.Low, 0.015);
        Assert.Equal(0.5 + (1.96 * 0.05), interval.High, 0.015);
    }

    [Fact]
    public void EachSampleHasAsManyRowsOfEachStratumAsTheData()
    {
        int[] strata = [0, 0, 0, 1, 1];
        BootstrapInterval.Of(5, rows =>
        {
            Assert.Equal(5, rows.Length);
            Assert.Equal(3, rows.ToArray().Count(r => strata[r] == 0));
            return 0;
        }, new BootstrapOptions { Strata = strata, Replicates = 50 }, TestContext.Current.CancellationToken);
    }

    [Fact]
    public void ThePatientsImagesAreDrawnTogether()
    {
        int[] patients = [1, 1, 2, 2, 2, 3];
        BootstrapInterval.Of(6, rows =>
        {
            int[] drawn = rows.ToArray();
            Assert.Equal(drawn.Count(r => r == 0), drawn.Count(r => r == 1));
            Assert.Equal(drawn.Count(r => r == 2), drawn.Count(r => r == 4));
            return 0;
        }, new BootstrapOptions { Clusters = patients, Replicates = 50 }, TestContext.Current.CancellationToken);
    }

    [Fact]
    public void WithoutAnyDefinedSampleThereIsNoInterval() =>
        Assert.Equal(new Interval(double.NaN, double.NaN, double.NaN), MeanInterval.Of([double.NaN, double.NaN], new BootstrapOptions { Replicates = 10 }));
}
