namespace CxrNet.Evaluation.Tests;

public sealed class RefittingASite
{
    private static readonly string[] Names = ["normal", "ill"];

    private static readonly CxrModelCard Card = new()
    {
        Id = "toy-1",
        Input = new CardInput { Width = 8, Height = 8 },
        Findings = [new CardFinding("normal"), new CardFinding(""), new CardFinding("ill", 0.4f) { ThresholdProvenance = "Youden on val" }],
        Temperature = 0.5f,
    };

    [Fact]
    public void AnOverconfidentSiteGetsAHigherTemperatureAndABetterLikelihood()
    {
        (ScoreTable logits, int[] truth) = Scores(400);
        SiteCalibrationResult result = SiteCalibration.Refit(Card, logits, truth, new SiteCalibrationOptions { Site = "north", Date = new DateOnly(2026, 3, 1) });
        Assert.True(result.Card.Temperature > Card.Temperature);
        Assert.True(result.Card.Metrics["site.nll.after"] < result.Card.Metrics["site.nll.before"]);
        Assert.True(result.Card.Metrics["site.ece15.after"] < result.Card.Metrics["site.ece15.before"]);
        Assert.Equal(400, result.Card.Metrics["site.n"]);
        Assert.Contains("Youden on north 2026-03-01 (", result.Card.Findings[2].ThresholdProvenance, StringComparison.Ordinal);
        Assert.Equal("", result.Card.Findings[1].Name);
        CxrModelCard again = CxrModelCardJson.Parse(result.Card.ToJson(), "again");
        Assert.Equal(result.Card.Temperature, again.Temperature);
        Assert.Equal(result.Card.Metrics, again.Metrics);
    }

    [Fact]
    public void TheThresholdThatIsWrittenGivesTheSensitivityThatIsPromised()
    {
        (ScoreTable logits, int[] truth) = Scores(300);
        SiteCalibrationResult result = SiteCalibration.Refit(Card, logits, truth, new SiteCalibrationOptions { Rule = OperatingPointRule.Sensitivity });
        double[] ill = logits.Softmax(result.Card.Temperature).Column(1);
        OperatingPoint point = OperatingPoint.AtThreshold(ill, Array.ConvertAll(truth, t => t == 1), result.Card.Findings[2].Threshold);
        Assert.True(point.Sensitivity >= 0.95);
        Assert.Equal(result.OperatingPoints[1]!.Value.Specificity, point.Specificity);
    }

    [Fact]
    public void BothOperatingPointsAndTheAbstainLevelAreWrittenWithWhereTheyComeFrom()
    {
        (ScoreTable logits, int[] truth) = Scores(300);
        CxrModelCard card = SiteCalibration.Refit(Card, logits, truth, new SiteCalibrationOptions { Site = "north", Alpha = 0.2 }).Card;

        Assert.Equal(["Youden", "95 % sensitivity"], card.Findings[2].OperatingPoints.Select(static p => p.Rule));
        Assert.All(card.Findings[2].OperatingPoints, static p => Assert.Contains("north (", p.Provenance, StringComparison.Ordinal));
        Assert.Equal(card.Findings[2].Threshold, card.Findings[2].OperatingPoints[0].Threshold);
        Assert.True(card.Findings[2].OperatingPoints[1].Sensitivity >= 0.95);
        Assert.Empty(card.Findings[1].OperatingPoints);

        // The level in float keeps the promise: at least 80 % of these rows have their truth in the set.
        CardAbstain abstain = card.Abstain!;
        Assert.Equal(0.2, abstain.Alpha);
        ScoreTable probabilities = logits.Softmax(card.Temperature);
        Assert.True(truth.Select((t, i) => 1 - (float)probabilities.Row(i)[t] <= abstain.Quantile ? 1 : 0).Sum() >= 240);
        Assert.Equal(abstain, CxrModelCardJson.Parse(card.ToJson(), "again").Abstain);
    }

    [Fact]
    public void TooFewCasesKeepTheOperatingPoint()
    {
        (ScoreTable logits, int[] truth) = Scores(12);
        SiteCalibrationResult result = SiteCalibration.Refit(Card, logits, truth);
        Assert.Equal(0.4f, result.Card.Findings[2].Threshold);
        Assert.Equal("Youden on val", result.Card.Findings[2].ThresholdProvenance);
        Assert.Null(result.OperatingPoints[1]);
    }

    [Fact]
    public void AnOperatingPointThatIsKeptKeepsTheTemperatureThatItWasDrawnAt()
    {
        (ScoreTable logits, int[] truth) = Scores(12);
        CxrModelCard refitted = SiteCalibration.Refit(Card, logits, truth).Card;
        Assert.Equal(Card.Temperature, refitted.Temperature);
        Assert.Equal(0.4f, refitted.Findings[2].Threshold);

        // Without a point that was fitted nothing hangs on the temperature.
        CxrModelCard plain = Card with { Findings = [new CardFinding("normal"), new CardFinding("ill")] };
        Assert.NotEqual(Card.Temperature, SiteCalibration.Refit(plain, logits, truth).Card.Temperature);
    }

    // The words are for people: "not tuned" must not keep a temperature that nothing hangs on, nor an empty text lose a line that does.
    [Theory]
    [InlineData(0.5f, "plain default, not tuned", false)]
    [InlineData(0.4f, "", true)]
    public void WhetherALineWasDrawnIsReadOffTheNumbersAndNotTheWords(float threshold, string provenance, bool isKept)
    {
        (ScoreTable logits, int[] truth) = Scores(12);
        CxrModelCard card = Card with { Findings = [new CardFinding("normal"), new CardFinding("ill", threshold) { ThresholdProvenance = provenance }] };
        CxrModelCard refitted = SiteCalibration.Refit(card, logits, truth).Card;
        Assert.Equal(isKept, refitted.Temperature == Card.Temperature);
        Assert.Equal(provenance, refitted.Findings[1].ThresholdProvenance);
    }

    [Fact]
    public void FiguresOfTheOldTemperatureGoWithIt()
    {
        CxrModelCard card = Card with { Metrics = new SortedDictionary<string, double>(StringComparer.Ordinal) { ["test.accuracy"] = 0.9, ["test.ece"] = 0.02, ["test.log_loss"] = 0.4 } };
        (ScoreTable many, int[] truths) = Scores(400);
        IReadOnlyDictionary<string, double> changed = SiteCalibration.Refit(card, many, truths).Card.Metrics;
        Assert.Equal(0.9, changed["test.accuracy"]);
        Assert.DoesNotContain("test.ece", changed.Keys);
        Assert.DoesNotContain("test.log_loss", changed.Keys);

        // Too few cases: the temperature stays, and what was measured at it.
        (ScoreTable few, int[] truth) = Scores(12);
        Assert.Equal(0.02, SiteCalibration.Refit(card, few, truth).Card.Metrics["test.ece"]);
    }

    [Fact]
    public void FiguresOfTheOldAbstainLevelGoWithIt()
    {
        CxrModelCard card = Card with { Metrics = new SortedDictionary<string, double>(StringComparer.Ordinal) { ["test.accuracy"] = 0.9, ["test.does_not_know.lungs_alone"] = 0.3 } };
        (ScoreTable many, int[] truths) = Scores(400);
        Assert.Equal(0.9, SiteCalibration.Refit(card, many, truths).Card.Metrics["test.accuracy"]);
        Assert.DoesNotContain("test.does_not_know.lungs_alone", SiteCalibration.Refit(card, many, truths).Card.Metrics.Keys);

        (ScoreTable few, int[] truth) = Scores(8);
        Assert.Equal(0.3, SiteCalibration.Refit(card, few, truth).Card.Metrics["test.does_not_know.lungs_alone"]);
    }

    // With 8 rows no rank of 90 % is among them: a level of 1 would put every finding into every set.
    [Theory, InlineData(8, true), InlineData(12, false)]
    public void TooFewRowsKeepTheAbstainLevelAndTheTemperatureThatItWasDrawnAt(int rows, bool isKept)
    {
        CxrModelCard plain = Card with { Findings = [new CardFinding("normal"), new CardFinding("ill")] };
        CxrModelCard fitted = plain with { Abstain = new CardAbstain(0.1, 0.8f, "val") };
        (ScoreTable logits, int[] truth) = Scores(rows);
        Assert.Equal((9, 19, 99), (ConformalSets.LeastCases(0.1), ConformalSets.LeastCases(0.05), ConformalSets.LeastCases(0.01)));

        CxrModelCard refitted = SiteCalibration.Refit(fitted, logits, truth).Card;

        Assert.Equal(isKept, refitted.Abstain == fitted.Abstain);
        Assert.Equal(isKept, refitted.Temperature == fitted.Temperature);
        Assert.Equal(!isKept, refitted.Metrics.ContainsKey("abstain.quantile"));
        Assert.Equal(isKept, SiteCalibration.Refit(plain, logits, truth).Card.Abstain is null);
    }

    [Fact]
    public void ALevelThatIsKeptLeavesNoQuantileBesideAnotherAlpha()
    {
        (ScoreTable many, int[] truths) = Scores(400);
        CxrModelCard first = SiteCalibration.Refit(Card, many, truths).Card;
        Assert.Contains("abstain.quantile", first.Metrics.Keys);

        (ScoreTable few, int[] truth) = Scores(60);
        CxrModelCard second = SiteCalibration.Refit(first, few, truth, new SiteCalibrationOptions { Alpha = 0.01 }).Card;

        Assert.Equal(first.Abstain, second.Abstain);
        Assert.Equal(0.01, second.Metrics["abstain.alpha"]);
        Assert.DoesNotContain("abstain.quantile", second.Metrics.Keys);
    }

    // Twice the same scores give twice the same number, which is no sign that the second fit changed nothing.
    [Fact]
    public void ATemperatureThatIsFittedToTheSameNumberIsNotCalledKept()
    {
        (ScoreTable logits, int[] truth) = Scores(400);
        SiteCalibrationResult first = SiteCalibration.Refit(Card, logits, truth), second = SiteCalibration.Refit(first.Card, logits, truth);
        Assert.Equal(first.Card.Temperature, second.Card.Temperature);
        Assert.False(second.KeepsTemperature);

        (ScoreTable few, int[] fewTruths) = Scores(8);
        Assert.True(SiteCalibration.Refit(first.Card, few, fewTruths).KeepsTemperature);
    }

    [Fact]
    public void ScoresThatAreAllRightSayNothingOfTheTemperature()
    {
        ScoreTable logits = new(Names, [2, 0, 0, 2]);
        SiteCalibrationResult result = SiteCalibration.Refit(Card, logits, [0, 1]);
        Assert.True(result.Temperature.IsAtBound);
        Assert.Equal(Card.Temperature, result.Card.Temperature);
    }

    [Fact]
    public void ColumnsThatAreNotTheCardsAreRefused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => SiteCalibration.Refit(Card, new ScoreTable(["ill", "normal"], [0, 1]), [0]));
        Assert.Contains("Columns ill, normal given, normal, ill expected.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ProbabilitiesTurnBackIntoLogits()
    {
        ScoreTable logits = new(Names, [1.5, -0.5, -3, 2]);
        ScoreTable again = logits.Softmax(0.7).ToLogits(FindingActivation.Softmax, 0.7).Softmax(0.7);
        Assert.Equal(logits.Softmax(0.7).Row(0)[0], again.Row(0)[0], 12);
        Assert.Equal(-3, logits.Sigmoid(2).ToLogits(FindingActivation.Sigmoid, 2).Row(1)[0], 9);
    }

    [Fact]
    public void ATableFileIsReadByItsHeader()
    {
        LabelledScores table = LabelledScores.ReadCsv(new StringReader("file,ill,age,normal,label\n\"a, b.png\",0.25,61,0.75,ill\n"), Names, "scores.csv");
        Assert.Equal("a, b.png", Assert.Single(table.Files));
        Assert.Equal([0.75, 0.25], table.Scores.Row(0).ToArray());
        Assert.Equal([1], table.Truth);
        Assert.Contains("label 'well'", Assert.Throws<InvalidDataException>(() => LabelledScores.ReadCsv(new StringReader("label,normal,ill\nwell,1,0\n"), Names, "x")).Message, StringComparison.Ordinal);
        Assert.Contains("'ill' expected", Assert.Throws<InvalidDataException>(() => LabelledScores.ReadCsv(new StringReader("label,normal\n"), Names, "x")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ill,0.5", "line 3: 2 fields, 3 expected")]
    [InlineData("ill,0.5,many", "line 3: 'many' in column 'ill'")]
    [InlineData("ill,0\"5,1", "line 3: a quote")]
    public void ABrokenLineOfATableFileIsNamed(string line, string message) =>
        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => LabelledScores.ReadCsv(new StringReader($"label,normal,ill\nill,0,1\n{line}\n"), Names, "x")).Message, StringComparison.Ordinal);

    private static (ScoreTable Logits, int[] Truth) Scores(int count)
    {
        SplitMix64 random = new(5);
        double[] logits = new double[2 * count];
        int[] truth = new int[count];
        for (int i = 0; i < count; i++)
        {
            truth[i] = i % 3 == 0 ? 1 : 0;
            logits[(2 * i) + truth[i]] = 1 + (2 * random.NextNormal());
        }

        return (new ScoreTable(Names, logits), truth);
    }
}
