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
    public void TheIntervalOfAnAreaEndsWithinZeroAndOneAndHoldsTheArea() =>
        Gen.Select(Gen.Double[0.01, 0.999], Gen.Double[1e-6, 0.05]).Sample((area, variance) =>
        {
            Interval interval = DeLong.LogitInterval(new DeLongEstimate(area, variance, default));
            Assert.InRange(interval.Low, 0, area);
            Assert.InRange(interval.High, area, 1);
        });

    [Fact]
    public void OfAnAreaThatIsKnownWellItIsTheNormalOne()
    {
        DeLongEstimate estimate = new(0.8, 1e-6, default);
        Interval interval = DeLong.LogitInterval(estimate);
        Assert.Equal(0.8 - 1.959964e-3, interval.Low, 1e-5);
        Assert.Equal(0.8 + 1.959964e-3, interval.High, 1e-5);
    }

    [Fact]
    public void WhereEverythingIsRankedRightNoIntervalIsStated()
    {
        ScoreTable table = new(["a", "b"], [0.9, 0.1, 0.8, 0.2, 0.3, 0.7, 0.1, 0.9]);
        EvaluationReport report = EvaluationReport.From("t", "m", table, [0, 0, 1, 1], new BootstrapOptions { Replicates = 50 });
        foreach (Interval interval in (Interval[])[report.RocIntervals[0], report.AveragePrecision[0], report.MacroF1])
        {
            Assert.Equal((1.0, double.NaN, double.NaN), (interval.Estimate, interval.Low, interval.High));
            Assert.Equal("1.000", interval.ToString());
        }
    }

    [Fact]
    public void AReportThatIsCalledOffStops()
    {
        ScoreTable table = new(["a", "b"], [0.9, 0.1, 0.8, 0.2, 0.3, 0.7, 0.1, 0.9]);
        Assert.ThrowsAny<OperationCanceledException>(() => EvaluationReport.From("t", "m", table, [0, 1, 1, 0], new BootstrapOptions { Replicates = 2_000_000 }, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void AClassThatASampleDidNotDrawIsNoErrorOfIt()
    {
        // One case of 'b' among 40: a third of the samples has none of it. One error, so that the samples differ.
        int[] truth = [.. Enumerable.Range(0, 40).Select(static i => i == 7 ? 1 : 0)];
        ScoreTable table = new(["a", "b", "never"], [.. truth.SelectMany(static (t, i) => t == 1 || i == 9 ? new[] { 0.1, 0.8, 0.1 } : [0.8, 0.1, 0.1])]);
        EvaluationReport report = EvaluationReport.From("t", "m", table, truth, new BootstrapOptions { Replicates = 200 });

        // With a 0 for 'b' a sample without it would give a third. What the data has no case of counts as 0, in the estimate and in each sample.
        Assert.Equal(report.Classification.MacroF1, report.MacroF1.Estimate, 12);
        Assert.InRange(report.MacroF1.Low, 0.4, 0.6);
        Assert.InRange(report.MacroF1.High, 0.5, 2.0 / 3);
    }

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
