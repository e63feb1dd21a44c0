using CsCheck;

namespace CxrNet.Evaluation.Tests;

public sealed class TrustingAConfidence
{
    private static readonly Gen<(double[] Probabilities, bool[] Positive)> Cases = Gen.Select(Gen.Double[0, 1], Gen.Bool).Array[1, 80].Select(pairs => (pairs.Select(p => p.Item1).ToArray(), pairs.Select(p => p.Item2).ToArray()));

    [Fact]
    public void EveryCaseIsInOneBinAndTheMeanGapIsAtMostTheLargest() =>
        Cases.Sample(c =>
        {
            ReliabilityCurve curve = ReliabilityCurve.Binary(c.Probabilities, c.Positive);
            Assert.Equal(c.Probabilities.Length, curve.Bins.Sum(b => b.Count));
            Assert.InRange(curve.ExpectedError, 0, curve.MaximumError + 1e-12);
            Assert.All(curve.Bins.Where(b => b.Count > 0), b => Assert.InRange(b.MeanConfidence, b.Low - 1e-12, b.High + 1e-12));
        });

    [Fact]
    public void ABinHasItsUpperEdgeAndTheFirstAlsoItsLower()
    {
        ReliabilityCurve curve = ReliabilityCurve.Binary([0, 1.0 / 15, Math.BitIncrement(1.0 / 15), 1], [false, false, true, true]);
        Assert.Equal([2, 1, 1], new[] { curve.Bins[0].Count, curve.Bins[1].Count, curve.Bins[14].Count });
    }

    [Fact]
    public void AProbabilityOutsideItsRangeIsRefused() =>
        Assert.Throws<ArgumentException>(() => ReliabilityCurve.Binary([1.1], [true]));

    [Fact]
    public void TheFittedTemperatureIsNoWorseThanItsNeighbours() =>
        Gen.Select(Gen.Double[-3, 3].Array[60], Gen.Int[0, 2].Array[20]).Sample((values, truth) =>
        {
            ScoreTable logits = new(["a", "b", "c"], values);
            TemperatureFit fit = TemperatureFit.Softmax(logits, truth);
            if (!fit.IsAtBound)
            {
                Assert.True(fit.LikelihoodAfter <= NegativeLogLikelihood.Softmax(logits, truth, fit.Temperature * 1.01) + 1e-12);
                Assert.True(fit.LikelihoodAfter <= NegativeLogLikelihood.Softmax(logits, truth, fit.Temperature / 1.01) + 1e-12);
            }
        }, iter: 30);

    [Fact]
    public void PredictionSetsHoldTheTruthAsOftenAsPromised()
    {
        SplitMix64 random = new(3);
        (ScoreTable Probabilities, int[] Truth) Draw(int count)
        {
            double[] logits = [.. Enumerable.Range(0, 3 * count).Select(_ => 2 * random.NextNormal())];
            ScoreTable probabilities = new ScoreTable(["a", "b", "c"], logits).Softmax();
            return (probabilities, [.. Enumerable.Range(0, count).Select(i => Sample(probabilities.Row(i), random.NextDouble()))]);
        }

        (ScoreTable calibration, int[] calibrationTruth) = Draw(1000);
        (ScoreTable fresh, int[] freshTruth) = Draw(4000);
        ConformalSets sets = ConformalSets.Calibrate(calibration, calibrationTruth, 0.1);
        double covered = Enumerable.Range(0, 4000).Count(i => sets.SetOf(fresh.Row(i)).Contains(freshTruth[i])) / 4000.0;
        Assert.InRange(covered, 0.87, 0.93);
    }

    [Fact]
    public void TooFewCasesExcludeNothing()
    {
        ConformalSets sets = ConformalSets.Calibrate(new ScoreTable(["a", "b"], [0.9, 0.1]), [0], 0.1);
        Assert.Equal([0, 1], sets.SetOf([1, 0]));
        Assert.False(sets.IsDecided([1, 0]));
    }

    [Fact]
    public void TheAbstainBandKeepsItsPromiseForBothKinds() =>
        Cases.Sample(c =>
        {
            AbstainBand band = AbstainBand.Calibrate(c.Probabilities, c.Positive, 0.2);
            int missed = c.Probabilities.Where((p, i) => c.Positive[i] && p < band.Low).Count();
            int alarmed = c.Probabilities.Where((p, i) => !c.Positive[i] && p >= band.High).Count();
            Assert.True(missed <= 0.2 * c.Positive.Count(p => p));
            Assert.True(alarmed <= 0.2 * c.Positive.Count(p => !p));
        });

    private static int Sample(ReadOnlySpan<double> probabilities, double at)
    {
        int c = 0;
        while (c < probabilities.Length - 1 && at >= probabilities[c])
        {
            at -= probabilities[c++];
        }

        return c;
    }
}
