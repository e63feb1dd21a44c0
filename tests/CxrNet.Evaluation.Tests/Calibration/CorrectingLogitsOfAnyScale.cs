namespace CxrNet.Evaluation.Tests.Calibration;

public sealed class CorrectingLogitsOfAnyScale
{
    private static readonly string[] Names = ["a", "b", "c"];

    [Theory, InlineData(30), InlineData(1.0 / 50), InlineData(1e-6), InlineData(1e6)]
    public void LogitsTimesANumberGiveTheTemperatureAndTheBiasesTimesIt(double times)
    {
        (double[] logits, int[] truth) = Sample(400);
        BiasCorrectedFit fit = BiasCorrectedFit.Softmax(new ScoreTable(Names, logits), truth);
        BiasCorrectedFit scaled = BiasCorrectedFit.Softmax(new ScoreTable(Names, Array.ConvertAll(logits, v => v * times)), truth);

        Assert.Equal(fit.Temperature, scaled.Temperature / times, 1e-8);
        Assert.All(fit.Biases.Zip(scaled.Biases), pair => Assert.Equal(pair.First, pair.Second / times, 1e-8));
        Assert.Equal(fit.LikelihoodAfter, scaled.LikelihoodAfter, 1e-9);
        Assert.Equal(NegativeLogLikelihood.Softmax(new ScoreTable(Names, Array.ConvertAll(logits, v => v * times)), truth), scaled.LikelihoodBefore, 1e-9 * Math.Max(1, times));
    }

    [Fact]
    public void AConstantOfARowChangesNothing()
    {
        (double[] logits, int[] truth) = Sample(400);
        BiasCorrectedFit fit = BiasCorrectedFit.Softmax(new ScoreTable(Names, logits), truth);
        BiasCorrectedFit shifted = BiasCorrectedFit.Softmax(new ScoreTable(Names, [.. logits.Select(static (v, i) => v + (i / 3 % 5 * 7))]), truth);
        Assert.Equal(fit.Temperature, shifted.Temperature, 1e-8);
    }

    // A penalty of 1e-4 c² leaves a slope of 2e-4 c, and moves nothing else.
    [Theory, InlineData(1, false), InlineData(1, true), InlineData(30, false), InlineData(0.02, true)]
    public void AtTheResultTheLikelihoodIsFlat(double times, bool equalClasses)
    {
        (double[] logits, int[] truth) = Sample(400);
        ScoreTable table = new(Names, Array.ConvertAll(logits, v => v * times));
        BiasCorrectedFit fit = BiasCorrectedFit.Softmax(table, truth, equalClasses);
        double[] c = [.. fit.Biases.Select(b => b / fit.Temperature)];
        double beta = 1 / fit.Temperature;
        const double Step = 1e-5;

        double Likelihood(double scale, double[] shifts) => Mean(table, truth, scale, shifts, equalClasses);
        double alongScale = (Likelihood(beta * (1 + Step), c) - Likelihood(beta * (1 - Step), c)) / (2 * Step);
        Assert.Equal(0, alongScale, 1e-6);
        for (int k = 0; k < 3; k++)
        {
            double[] Moved(double by) => [.. c.Select((v, j) => j == k ? v + by : v)];
            double slope = (Likelihood(beta, Moved(Step)) - Likelihood(beta, Moved(-Step))) / (2 * Step);
            Assert.Equal(-2e-4 * c[k], slope, 1e-6);
        }
    }

    // The fit before: a ridge of 1e-4 on 1 / T - 1 too, which only logits of about this scale bear.
    [Theory, InlineData(1), InlineData(2), InlineData(5)]
    public void OrdinaryLogitsGiveWhatARidgeOnTheTemperatureGave(double times)
    {
        (double[] logits, int[] truth) = Sample(1000);
        ScoreTable table = new(Names, Array.ConvertAll(logits, v => v * times));
        BiasCorrectedFit fit = BiasCorrectedFit.Softmax(table, truth);
        double[] at = [1 / fit.Temperature, .. fit.Biases.Select(b => b / fit.Temperature)];
        double Old(double[] x) => Mean(table, truth, x[0], x[1..], false) + (1e-4 * (Math.Pow(x[0] - 1, 2) + x.Skip(1).Sum(static v => v * v)));

        double[] old = [.. at];
        for (double step = 0.01; step > 1e-7; step /= 2)
        {
            // Along each number in turn, as long as it helps.
            for (bool better = true; better;)
            {
                better = false;
                foreach ((int k, double by) in Enumerable.Range(0, 4).SelectMany(k => new[] { (k, step), (k, -step) }))
                {
                    double[] next = [.. old];
                    next[k] += by;
                    (old, better) = Old(next) < Old(old) ? (next, true) : (old, better);
                }
            }
        }

        double mean = old.Skip(1).Average();
        Assert.Equal(1 / old[0], fit.Temperature, 1e-3);
        Assert.All(fit.Biases.Zip(old.Skip(1)), pair => Assert.Equal((pair.Second - mean) / old[0], pair.First, 1e-3));
    }

    [Fact]
    public void ScoresThatSayTheOppositeGetAHighTemperatureOfTheRightSign()
    {
        BiasCorrectedFit fit = BiasCorrectedFit.Softmax(new ScoreTable(Names, [1, 0, 0, 0, 1, 0, 0, 0, 1]), [1, 2, 0]);

        // A hundred deviations: the mean of each row is 1/3, so the deviation is that of (2/3, -1/3, -1/3).
        Assert.Equal(100 * Math.Sqrt(2.0 / 9), fit.Temperature, 1e-9);
        Assert.All(fit.Biases, static bias => Assert.Equal(0, bias, 1e-6));
    }

    [Fact]
    public void LogitsThatAreAllTheSameLeaveTheTemperature() =>
        Assert.Equal(1, BiasCorrectedFit.Softmax(new ScoreTable(Names, [3, 3, 3, 1, 1, 1]), [0, 1]).Temperature, 1e-9);

    [Fact]
    public void ALogitThatIsNotFiniteIsNamed() =>
        Assert.Contains("Row 1", Assert.Throws<ArgumentException>("logits", () => BiasCorrectedFit.Softmax(new ScoreTable(Names, [0, 0, 0, 0, double.PositiveInfinity, 0]), [0, 1])).Message, StringComparison.Ordinal);

    [Fact]
    public void AFitThatIsCalledOffEnds() =>
        Assert.ThrowsAny<OperationCanceledException>(() => BiasCorrectedFit.Softmax(new ScoreTable(Names, [1, 0, 0]), [0], equalClasses: false, new CancellationToken(canceled: true)));

    private static double Mean(ScoreTable table, int[] truth, double scale, double[] shifts, bool equalClasses)
    {
        double Own(int row) => NegativeLogLikelihood.Softmax(new ScoreTable(Names, [.. table.Row(row).ToArray().Zip(shifts, (z, s) => (z * scale) + s)]), [truth[row]]);
        return equalClasses
            ? Enumerable.Range(0, truth.Length).GroupBy(row => truth[row]).Average(rows => rows.Average(Own))
            : Enumerable.Range(0, truth.Length).Average(Own);
    }

    // Labels drawn from the softmax of (logits + biases) / 1.4: some are wrong, so the likeliest temperature is finite.
    private static (double[] Logits, int[] Truth) Sample(int rows)
    {
        SplitMix64 random = new(6);
        double[] logits = [.. Enumerable.Range(0, 3 * rows).Select(_ => random.NextNormal())];
        int[] truth = new int[rows];
        for (int row = 0; row < rows; row++)
        {
            double[] chances = [.. Enumerable.Range(0, 3).Select(c => Math.Exp((logits[(3 * row) + c] + new[] { 0.7, -0.4, -0.3 }[c]) / 1.4))];
            double draw = random.NextDouble() * chances.Sum();
            while (truth[row] < 2 && (draw -= chances[truth[row]]) > 0)
            {
                truth[row]++;
            }
        }

        return (logits, truth);
    }
}
