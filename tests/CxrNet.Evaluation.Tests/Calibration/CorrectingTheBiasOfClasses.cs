namespace CxrNet.Evaluation.Tests.Calibration;

public sealed class CorrectingTheBiasOfClasses
{
    private static readonly string[] Names = ["a", "b", "c"];

    [Fact]
    public void TakesBackABiasAndATemperatureThatWerePutIn()
    {
        (double[] honest, int[] truth) = Sample(20_000);
        double[] given = [.. honest.Select((logit, i) => (logit * 2) - new[] { 0.8, -0.5, -0.3 }[i % 3])];

        BiasCorrectedFit fit = BiasCorrectedFit.Softmax(new ScoreTable(Names, given), truth);

        Assert.Equal(2, fit.Temperature, 0.1);
        Assert.Equal([0.8, -0.5, -0.3], fit.Biases, (expected, actual) => Math.Abs(expected - actual) < 0.1);
        Assert.True(fit.LikelihoodAfter < fit.LikelihoodBefore);
    }

    [Fact]
    public void ItsLikelihoodsAreThoseOfTheLogitsBeforeAndAfter()
    {
        (double[] honest, int[] truth) = Sample(300);
        double[] small = [.. honest.Select(static logit => logit / 5)];
        BiasCorrectedFit fit = BiasCorrectedFit.Softmax(new ScoreTable(Names, small), truth);
        ScoreTable shifted = new(Names, [.. small.Select((logit, i) => logit + fit.Biases[i % 3])]);
        Assert.Equal(NegativeLogLikelihood.Softmax(new ScoreTable(Names, small), truth, 1), fit.LikelihoodBefore, 1e-9);
        Assert.Equal(NegativeLogLikelihood.Softmax(shifted, truth, fit.Temperature), fit.LikelihoodAfter, 1e-9);
    }

    [Fact]
    public void HonestLogitsStayAsTheyAre()
    {
        (double[] honest, int[] truth) = Sample(20_000);
        BiasCorrectedFit fit = BiasCorrectedFit.Softmax(new ScoreTable(Names, honest), truth);
        Assert.Equal(1, fit.Temperature, 0.06);
        Assert.All(fit.Biases, bias => Assert.InRange(bias, -0.06, 0.06));
    }

    [Fact]
    public void WithEqualClassesItDoesNotMatterHowOftenAClassCame()
    {
        (double[] honest, int[] truth) = Sample(3_000);
        int[] more = [.. Enumerable.Range(0, truth.Length), .. Enumerable.Range(0, truth.Length).Where(i => truth[i] == 1)];
        double[] repeated = [.. more.SelectMany(i => honest.AsSpan(i * 3, 3).ToArray())];

        BiasCorrectedFit once = BiasCorrectedFit.Softmax(new ScoreTable(Names, honest), truth, equalClasses: true);
        BiasCorrectedFit often = BiasCorrectedFit.Softmax(new ScoreTable(Names, repeated), [.. more.Select(i => truth[i])], equalClasses: true);

        Assert.Equal(once.Biases, often.Biases, (a, b) => Math.Abs(a - b) < 1e-3);
        Assert.True(BiasCorrectedFit.Softmax(new ScoreTable(Names, repeated), [.. more.Select(i => truth[i])]).Biases[1] > once.Biases[1] + 0.1);
    }

    [Fact]
    public void StaysFiniteWhereEverythingIsRight()
    {
        BiasCorrectedFit fit = BiasCorrectedFit.Softmax(new ScoreTable(Names, [9, 0, 0, 0, 9, 0]), [0, 1]);
        Assert.True(double.IsFinite(fit.Temperature) && fit.Biases.All(double.IsFinite));
    }

    [Fact]
    public void NoRowIsAnError() => Assert.Throws<ArgumentException>(() => BiasCorrectedFit.Softmax(new ScoreTable(Names, []), []));

    // Labels drawn from the softmax of the logits: what calibrated means.
    private static (double[] Logits, int[] Truth) Sample(int rows)
    {
        Random random = new(5);
        double[] logits = new double[rows * 3];
        int[] truth = new int[rows];
        for (int row = 0; row < rows; row++)
        {
            Span<double> own = logits.AsSpan(row * 3, 3);
            double sum = 0;
            foreach (ref double logit in own)
            {
                logit = (random.NextDouble() * 4) - 2;
                sum += Math.Exp(logit);
            }

            double draw = random.NextDouble() * sum;
            while (truth[row] < 2 && (draw -= Math.Exp(own[truth[row]])) > 0)
            {
                truth[row]++;
            }
        }

        return (logits, truth);
    }
}
