using CsCheck;

namespace CxrNet.Evaluation.Tests;

public sealed class RankingScores
{
    private static readonly Gen<(double[] Scores, bool[] Positive)> Cases = Gen.Select(Gen.Int[-20, 20], Gen.Bool).Array[2, 60].Select(pairs => (pairs.Select(p => p.Item1 / 4.0).ToArray(), pairs.Select(p => p.Item2).ToArray()));

    [Fact]
    public void TheAreaIsThePairwiseFormula() =>
        Cases.Sample(c =>
        {
            double[] wins = [.. from p in Enumerable.Range(0, c.Scores.Length) where c.Positive[p] from n in Enumerable.Range(0, c.Scores.Length) where !c.Positive[n] select c.Scores[p] > c.Scores[n] ? 1 : c.Scores[p] == c.Scores[n] ? 0.5 : 0];
            Assert.Equal(wins.Length == 0 ? double.NaN : wins.Average(), RocArea.Of(c.Scores, c.Positive), 12);
        });

    [Fact]
    public void NoMonotoneMapChangesAreaOrAveragePrecision() =>
        Cases.Sample(c =>
        {
            double[] mapped = Array.ConvertAll(c.Scores, s => Math.Exp(s / 3) - 7);
            Assert.Equal(RocArea.Of(c.Scores, c.Positive), RocArea.Of(mapped, c.Positive));
            Assert.Equal(PrecisionRecallCurve.From(c.Scores, c.Positive).AveragePrecision, PrecisionRecallCurve.From(mapped, c.Positive).AveragePrecision);
        });

    [Fact]
    public void NegatingTheScoresMirrorsTheArea() =>
        Cases.Sample(c => Assert.Equal(1 - RocArea.Of(c.Scores, c.Positive), RocArea.Of(Array.ConvertAll(c.Scores, s => -s), c.Positive), 12));

    [Fact]
    public void DeLongsAreaIsTheCurvesAndItsVarianceIsNotNegative() =>
        Cases.Sample(c =>
        {
            DeLongEstimate estimate = DeLong.Of(c.Scores, c.Positive);
            Assert.Equal(RocCurve.From(c.Scores, c.Positive).Area, estimate.Area, 12);
            Assert.False(estimate.Variance < -1e-15);
            Assert.Equal(double.IsNaN(estimate.Variance) ? double.NaN : 0, DeLong.Compare(c.Scores, c.Scores, c.Positive).Z);
        });

    // By whole cases: 3/10 - 1/10 and 4/10 - 2/10 differ in their last bit.
    [Fact]
    public void OfEqualYoudenIndicesTheHighestThresholdIsTaken()
    {
        double[] scores = [.. Enumerable.Repeat(3.0, 3), .. Enumerable.Repeat(2.0, 1), .. Enumerable.Repeat(1.0, 6), .. Enumerable.Repeat(3.0, 1), .. Enumerable.Repeat(2.0, 1), .. Enumerable.Repeat(1.0, 8)];
        bool[] positive = [.. Enumerable.Range(0, 20).Select(static i => i < 10)];
        Assert.Equal(3, OperatingPoint.Youden(scores, positive)!.Value.Threshold);
    }

    [Fact]
    public void ASampleHasTheAveragePrecisionOfItsRows() =>
        Gen.Select(Cases, Gen.Int[0, 1_000_000]).Sample((c, seed) =>
        {
            Random random = new(seed);
            int[] rows = [.. Enumerable.Range(0, c.Scores.Length).Select(_ => random.Next(c.Scores.Length))];
            double expected = PrecisionRecallCurve.From([.. rows.Select(r => c.Scores[r])], [.. rows.Select(r => c.Positive[r])]).AveragePrecision;
            Assert.Equal(expected, new RankedSample(c.Scores, c.Positive).AveragePrecision(rows));
        });

    [Fact]
    public void OneKindOnlyHasNoArea()
    {
        RocCurve curve = RocCurve.From([1, 2], [true, true]);
        Assert.True(double.IsNaN(curve.Area));
        Assert.Equal(1, PrecisionRecallCurve.From([1, 2], [true, true]).AveragePrecision);
        Assert.True(double.IsNaN(PrecisionRecallCurve.From([1, 2], [false, false]).AveragePrecision));
        Assert.True(double.IsNaN(DeLong.Of([1, 2], [true, true]).Area));
        Assert.Null(OperatingPoint.Youden([1, 2], [true, true]));
        Assert.True(double.IsNaN(RocArea.Of([], [])));
    }

    [Fact]
    public void ANaNScoreIsRefused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => RocArea.Of([0, double.NaN], [true, false]));
        Assert.Contains("Value 1 is NaN", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new ScoreTable(["a"], [double.NaN]));
        Assert.Throws<ArgumentException>(() => OperatingPoint.AtThreshold([double.NaN], [true], 0.5));
    }

    [Fact]
    public void TheThresholdForASensitivityReachesItAndTheNextHigherDoesNot() =>
        Cases.Sample(c =>
        {
            if (OperatingPoint.AtSensitivity(c.Scores, c.Positive, 0.8) is { } point)
            {
                OperatingPoint counted = OperatingPoint.AtThreshold(c.Scores, c.Positive, point.Threshold);
                Assert.Equal(counted.Sensitivity, point.Sensitivity, 12);
                Assert.Equal(counted.Specificity, point.Specificity, 12);
                Assert.True(point.Sensitivity >= 0.8);
                Assert.True(OperatingPoint.AtThreshold(c.Scores, c.Positive, Math.BitIncrement(point.Threshold)).Sensitivity < 0.8);
            }
        });

    [Fact]
    public void RowsOfTheSameLogitsInAnotherOrderTieExactly() =>
        Gen.Int[-6, 6].Array[4].Sample(logits =>
        {
            double[] row = Array.ConvertAll(logits, l => (double)l);
            ScoreTable table = new ScoreTable(["0", "1", "2", "3"], [.. row, row[0] + 3, row[3] + 3, row[1] + 3, row[2] + 3]).Softmax();
            Assert.Equal(table.Row(0)[0], table.Row(1)[0]);
        });
}
