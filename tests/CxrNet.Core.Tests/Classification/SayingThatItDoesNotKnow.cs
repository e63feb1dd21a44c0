namespace CxrNet.Core.Tests.Classification;

public sealed class SayingThatItDoesNotKnow
{
    private static readonly CxrModelCard Card = new()
    {
        Id = "test-1",
        Input = new CardInput { Width = 4, Height = 4 },
        Findings = [new("normal"), new("viral_pneumonia"), new("covid19")],
        Abstain = new CardAbstain(0.1, 0.6f, "drawn"),
    };

    [Fact]
    public void OneFindingThatCannotBeExcludedIsAnAnswer()
    {
        CxrPrediction prediction = Read(0.8, 0.15, 0.05);
        Assert.Equal(["normal"], prediction.PredictionSet);
        Assert.False(prediction.IsUndecided);
        Assert.Empty(prediction.Warnings);
    }

    [Fact]
    public void TwoFindingsAreNamedInTheWarning()
    {
        CxrPrediction prediction = Read(0.05, 0.45, 0.5);
        Assert.Equal(["viral_pneumonia", "covid19"], prediction.PredictionSet);
        Assert.True(prediction.IsUndecided);
        Assert.Contains("does not know: at the 90 % level of its calibration it cannot tell between viral_pneumonia and covid19", Assert.Single(prediction.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void NoFindingLikelyEnoughIsSaidToo()
    {
        CxrPrediction prediction = Read(0.34, 0.33, 0.33);
        Assert.Empty(prediction.PredictionSet!);
        Assert.True(prediction.IsUndecided);
        Assert.Contains("no finding is likely enough", Assert.Single(prediction.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutACalibrationThereIsNoSet()
    {
        CxrPrediction prediction = Read(Card with { Abstain = null }, [], 0.34, 0.33, 0.33);
        Assert.Null(prediction.PredictionSet);
        Assert.False(prediction.IsUndecided);
        Assert.Empty(prediction.Warnings);
    }

    [Fact]
    public void AnImageBeyondTheLimitIsWarnedOf()
    {
        CxrPrediction inside = Read(Card, [0.9f], 0.9, 0.05, 0.05);
        Assert.False(inside.IsUnlike);
        Assert.Empty(inside.Warnings);

        CxrPrediction outside = Read(Card, [1.75f], 0.9, 0.05, 0.05);
        Assert.True(outside.IsUnlike && outside.IsUndecided);
        Assert.Contains("unlike the frontal chest X-rays", Assert.Single(outside.Warnings), StringComparison.Ordinal);
        Assert.Contains("1.75", outside.Warnings[0], StringComparison.Ordinal);
    }

    [Fact]
    public void DistancesOfOtherImagesAreRefused() => Assert.Throws<ArgumentException>(() => Read(Card, [1, 2], 0.9, 0.05, 0.05));

    private static CxrPrediction Read(params double[] probabilities) => Read(Card, [], probabilities);

    private static CxrPrediction Read(CxrModelCard card, float[] distances, params double[] probabilities) =>
        PredictionReader.Read([.. probabilities.Select(static p => (float)Math.Log(p))], 1, card, null, [new GrayImage(2, 2, new float[4])], default, distances)[0];
}
