namespace CxrNet.Evaluation.Tests.Calibration;

public sealed class FittingATemperatureToLabels
{
    private static readonly string[] Names = ["a", "b"];

    [Fact]
    public void TheLikelihoodIsTheMeanOverAllCells()
    {
        ScoreTable logits = new(Names, [2, -1, 0.5, 3]);
        bool[][] labels = [[true, false], [false, true]];
        double[] chances = [Chance(2), 1 - Chance(-1), 1 - Chance(0.5), Chance(3)];
        Assert.Equal(-chances.Average(Math.Log), NegativeLogLikelihood.Sigmoid(logits, labels, 1.5), 1e-12);

        static double Chance(double logit) => 1 / (1 + Math.Exp(-logit / 1.5));
    }

    [Fact]
    public void ALogitThatIsFarOffCostsWhatItSaysAndDoesNotOverflow() =>
        Assert.Equal(1000.0 / 2, NegativeLogLikelihood.Sigmoid(new ScoreTable(Names, [-1000, -1000]), [[true, false]]), 1e-9);

    [Fact]
    public void NoRowHasNoLikelihood() => Assert.Equal(double.NaN, NegativeLogLikelihood.Sigmoid(new ScoreTable(Names, []), []));

    [Fact]
    public void TheTemperatureThatWasPutInIsFound()
    {
        (double[] honest, bool[][] labels) = Draw(10_000);
        TemperatureFit fit = TemperatureFit.Sigmoid(new ScoreTable(Names, Array.ConvertAll(honest, static z => 3 * z)), labels);
        Assert.Equal(3, fit.Temperature, 0.15);
        Assert.False(fit.IsAtBound);
    }

    [Fact]
    public void ItIsNoWorseThanItsNeighboursAndItsLikelihoodsAreThoseOfTheLogits()
    {
        (double[] honest, bool[][] labels) = Draw(200);
        ScoreTable logits = new(Names, honest);
        TemperatureFit fit = TemperatureFit.Sigmoid(logits, labels);
        Assert.Equal(NegativeLogLikelihood.Sigmoid(logits, labels), fit.LikelihoodBefore, 1e-12);
        Assert.Equal(NegativeLogLikelihood.Sigmoid(logits, labels, fit.Temperature), fit.LikelihoodAfter, 1e-12);
        Assert.All([0.99, 1.01], factor => Assert.True(fit.LikelihoodAfter < NegativeLogLikelihood.Sigmoid(logits, labels, fit.Temperature * factor)));
    }

    [Fact]
    public void CasesThatAreAllRightTellNoTemperature() =>
        Assert.True(TemperatureFit.Sigmoid(new ScoreTable(Names, [2, -1]), [[true, false]]).IsAtBound);

    [Fact]
    public void LabelsThatDoNotFitTheScoresAreNamedWithBothNumbers()
    {
        ScoreTable logits = new(Names, [2, -1, 0.5, 3]);
        Assert.Throws<ArgumentNullException>("logits", () => TemperatureFit.Sigmoid(null!, []));
        Assert.Throws<ArgumentNullException>("labels", () => TemperatureFit.Sigmoid(logits, null!));
        Assert.Contains("1 rows of labels given, 2 expected", Error([[true, false]]), StringComparison.Ordinal);
        Assert.Contains("Row 1 has 1 labels, 2 expected", Error([[true, false], [true]]), StringComparison.Ordinal);
        Assert.Contains("Row 0 has 3 labels, 2 expected", Error([[true, false, true], [true, false]]), StringComparison.Ordinal);
        Assert.Contains("Row 1 has 0 labels, 2 expected", Error([[true, false], null!]), StringComparison.Ordinal);

        string Error(bool[][] given)
        {
            Assert.Throws<ArgumentException>("labels", () => NegativeLogLikelihood.Sigmoid(logits, given));
            return Assert.Throws<ArgumentException>("labels", () => TemperatureFit.Sigmoid(logits, given)).Message;
        }
    }

    [Fact]
    public void NoRowIsAnErrorThatNamesAParameterThereIs()
    {
        Assert.Throws<ArgumentException>("logits", () => TemperatureFit.Sigmoid(new ScoreTable(Names, []), []));
        Assert.Throws<ArgumentException>("logits", () => TemperatureFit.Softmax(new ScoreTable(Names, []), []));
    }

    private static (double[] Logits, bool[][] Labels) Draw(int count)
    {
        SplitMix64 random = new(9);
        double[] logits = [.. Enumerable.Range(0, 2 * count).Select(_ => 1.5 * random.NextNormal())];
        return (logits, [.. logits.Chunk(2).Select(row => row.Select(z => random.NextDouble() < 1 / (1 + Math.Exp(-z))).ToArray())]);
    }
}
