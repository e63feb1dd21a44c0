namespace CxrNet.Core.Tests.Composition;

public sealed class ReadingByARefittedCard
{
    private static readonly CxrModelCard Refitted = Scripted.Card with
    {
        Temperature = 0.5f,
        Findings = [new CardFinding("normal", 0.2f), new CardFinding("covid19", 0.9f)],
        Abstain = new CardAbstain(0.1, 0.9f, "a site"),
    };

    [Fact]
    public void ProbabilitiesThresholdsAndSetFollowTheCardAndTheRestStays()
    {
        ScriptedClassifier inner = new() { Warnings = ["a decorator's own"], Distance = 1.5f };
        using CalibratedClassifier calibrated = inner.WithCalibration(Refitted);
        GrayImage image = Scripted.Image(0.1f, info: new RadiographInfo { View = RadiographView.Lateral });
        CxrPrediction before = inner.Classify(image, TestContext.Current.CancellationToken);

        CxrPrediction prediction = calibrated.Classify(image, TestContext.Current.CancellationToken);

        Assert.Equal(before.Logits, prediction.Logits);
        double[] exponentials = [.. before.Logits.Select(static l => Math.Exp(l / 0.5))];
        Assert.Equal(exponentials[1] / exponentials.Sum(), prediction.Findings[1].Probability, 1e-6);
        Assert.Equal([0.2f, 0.9f], prediction.Findings.Select(static f => f.Threshold));
        Assert.Equal(["normal", "covid19"], prediction.PredictionSet);
        Assert.Same(Refitted.Abstain, calibrated.Card.Abstain);
        Assert.Equal((before.Distance, before.Timings), (prediction.Distance, prediction.Timings));
        Assert.NotNull(prediction.Map);
        Assert.Equal([.. before.Warnings.SkipLast(1), "The model does not know: at the 90 % level of its calibration it cannot tell between normal and covid19.", "a decorator's own"], prediction.Warnings);
    }

    [Fact]
    public void ItsOwnCardChangesNothing()
    {
        ScriptedClassifier inner = new();
        using CalibratedClassifier calibrated = inner.WithCalibration(inner.Card);
        CxrPrediction before = inner.Classify(Scripted.Image(), TestContext.Current.CancellationToken), after = calibrated.Classify(Scripted.Image(), TestContext.Current.CancellationToken);
        Assert.Equal(before.Findings, after.Findings);
        Assert.Equal(before.Warnings, after.Warnings);
    }

    [Fact]
    public void TheLungHandlingThatADecoratorInsideDoesIsNotAskedForAgain()
    {
        CxrModelCard cropping = Scripted.Card with { Input = Scripted.Card.Input with { Lungs = LungHandling.Crop } };
        using CalibratedClassifier calibrated = new ScriptedClassifier(cropping).WithLungHandling(new ScriptedSegmenter()).WithCalibration(cropping with { Temperature = 3 });
        Assert.Equal(LungHandling.None, calibrated.Card.Input.Lungs);
        Assert.Equal(3, calibrated.Card.Temperature);
    }

    [Fact]
    public void AnotherModelsCardIsRefused()
    {
        ScriptedClassifier inner = new(Scripted.Card with { WeightsSha256 = "aa" });
        Assert.Contains("other-1", Assert.Throws<CxrModelException>(() => inner.WithCalibration(Refitted with { Id = "other-1" })).Message, StringComparison.Ordinal);
        Assert.Contains("covid19, normal", Assert.Throws<CxrModelException>(() => inner.WithCalibration(Refitted with { Findings = [.. Refitted.Findings.Reverse()] })).Message, StringComparison.Ordinal);
        Assert.Contains("Sigmoid", Assert.Throws<CxrModelException>(() => inner.WithCalibration(Refitted with { Activation = FindingActivation.Sigmoid })).Message, StringComparison.Ordinal);
        Assert.Contains("bb", Assert.Throws<CxrModelException>(() => inner.WithCalibration(Refitted with { WeightsSha256 = "bb" })).Message, StringComparison.Ordinal);
        Assert.Contains("temperature", Assert.Throws<CxrModelException>(() => inner.WithCalibration(Refitted with { Temperature = -1 })).Message, StringComparison.Ordinal);
    }
}
