namespace CxrNet.Evaluation.Tests.Calibration;

public sealed class RefittingSeveralFindings
{
    private static readonly string[] Names = ["opacity", "effusion"];

    private static readonly CxrModelCard Card = new()
    {
        Id = "toy-2",
        Input = new CardInput { Width = 1, Height = 1 },
        Findings = [new CardFinding("opacity"), new CardFinding(""), new CardFinding("effusion")],
        Activation = FindingActivation.Sigmoid,
        Temperature = 0.5f,
    };

    [Fact]
    public void ASiteGetsATemperatureLinesAndFiguresThatThePlainFormulasGive()
    {
        (ScoreTable logits, bool[][] labels) = Draw(400);
        SiteCalibrationResult result = SiteCalibration.RefitMultiLabel(Card, logits, labels, new SiteCalibrationOptions { Site = "north" });

        Assert.Equal(1, result.Card.Temperature, 0.2);
        Assert.False(result.KeepsTemperature);
        IReadOnlyDictionary<string, double> figures = result.Card.Metrics;
        Assert.Equal(NegativeLogLikelihood.Sigmoid(logits, labels, Card.Temperature), figures["site.nll.before"]);
        Assert.Equal(NegativeLogLikelihood.Sigmoid(logits, labels, result.Card.Temperature), figures["site.nll.after"]);
        Assert.True(figures["site.nll.after"] < figures["site.nll.before"]);
        Assert.Equal(Error(Card.Temperature), figures["site.ece15.before"], 1e-12);
        Assert.Equal(Error(result.Card.Temperature), figures["site.ece15.after"], 1e-12);
        Assert.Equal(400, figures["site.n"]);

        // The prediction set is for findings that exclude each other.
        Assert.Null(result.Card.Abstain);
        Assert.DoesNotContain("abstain.quantile", figures.Keys);
        Assert.Equal(result.AbstainBands[1].Low, figures["abstain.effusion.low"]);

        Assert.Equal(["Youden", "95 % sensitivity"], result.Card.Findings[2].OperatingPoints.Select(static p => p.Rule));
        Assert.Contains("north (", result.Card.Findings[2].ThresholdProvenance, StringComparison.Ordinal);
        Assert.Equal("", result.Card.Findings[1].Name);

        double Error(double temperature) => Enumerable.Range(0, 2).Average(c => ReliabilityCurve.Binary(logits.Sigmoid(temperature).Column(c), [.. labels.Select(row => row[c])]).ExpectedError);
    }

    [Fact]
    public void FiguresAtTheThresholdsBeforeAreLeftOut()
    {
        CxrModelCard card = Card with { Metrics = new SortedDictionary<string, double>(StringComparer.Ordinal) { ["test.macro_f1"] = 0.6, ["test.roc_auc"] = 0.9, ["test.ece"] = 0.1 } };
        (ScoreTable logits, bool[][] labels) = Draw(400);
        IReadOnlyDictionary<string, double> figures = SiteCalibration.RefitMultiLabel(card, logits, labels).Card.Metrics;
        Assert.Equal(0.9, figures["test.roc_auc"]);
        Assert.DoesNotContain("test.macro_f1", figures.Keys);
        Assert.DoesNotContain("test.ece", figures.Keys);
    }

    [Fact]
    public void AFindingWithTooFewCasesKeepsItsLineAndWithItTheTemperature()
    {
        (ScoreTable logits, bool[][] labels) = Draw(12);
        CxrModelCard card = Card with { Findings = [new CardFinding("opacity", 0.3f), new CardFinding(""), new CardFinding("effusion")] };
        SiteCalibrationResult result = SiteCalibration.RefitMultiLabel(card, logits, labels);
        Assert.True(result.KeepsTemperature);
        Assert.Equal(0.5f, result.Card.Temperature);
        Assert.Equal(0.3f, result.Card.Findings[0].Threshold);
    }

    [Fact]
    public void LabelsThatDoNotFitTheScoresAreNamedBeforeAnythingIsFitted()
    {
        (ScoreTable logits, bool[][] labels) = Draw(4);
        Assert.Throws<ArgumentNullException>("labels", () => SiteCalibration.RefitMultiLabel(Card, logits, null!));
        Assert.Contains("3 rows of labels given, 4 expected", Error([.. labels.Take(3)]), StringComparison.Ordinal);
        Assert.Contains("Row 2 has 1 labels, 2 expected", Error([labels[0], labels[1], [true], labels[3]]), StringComparison.Ordinal);

        string Error(bool[][] given) => Assert.Throws<ArgumentException>("labels", () => SiteCalibration.RefitMultiLabel(Card, logits, given)).Message;
    }

    [Fact]
    public void ASoftmaxCardOrOtherColumnsAreRefused()
    {
        (ScoreTable logits, bool[][] labels) = Draw(4);
        Assert.Throws<ArgumentException>("card", () => SiteCalibration.RefitMultiLabel(Card with { Activation = FindingActivation.Softmax }, logits, labels));
        Assert.Throws<ArgumentException>("logits", () => SiteCalibration.RefitMultiLabel(Card, new ScoreTable(["opacity"], [1]), [[true]]));
    }

    // Labels drawn from the sigmoid of the logits: their temperature is 1.
    private static (ScoreTable Logits, bool[][] Labels) Draw(int count)
    {
        SplitMix64 random = new(8);
        double[] logits = [.. Enumerable.Range(0, 2 * count).Select(_ => 2 * random.NextNormal())];
        bool[][] labels = [.. logits.Chunk(2).Select(row => row.Select(z => random.NextDouble() < 1 / (1 + Math.Exp(-z))).ToArray())];
        return (new ScoreTable(Names, logits), labels);
    }
}
