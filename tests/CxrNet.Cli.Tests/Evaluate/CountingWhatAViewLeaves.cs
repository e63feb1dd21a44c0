namespace CxrNet.Cli.Tests;

public sealed class CountingWhatAViewLeaves
{
    private static readonly string[] Names = ["normal", "covid19"];

    [Fact]
    public void HowSureAnAnswerIsAndHowOftenItIsNoneAreMeans()
    {
        ViewLine line = Line(Answer(0, 0.9, true), Answer(1, 0.5, false), Answer(1, 0.7, false), Answer(1, 0.7, false));

        Assert.Equal(0.7, line.Probability, 1e-6);
        Assert.Equal(0.25, line.DoesNotKnow);
        Assert.Equal(0.75, line.Called["covid19"]);
        Assert.Equal(0.75, line.Accuracy);
    }

    [Fact]
    public void ACardWithoutALevelLeavesItOpen() =>
        Assert.Null(Line(Answer(0, 0.9, null), Answer(0, 0.9, null), Answer(0, 0.9, null), Answer(0, 0.9, null)).DoesNotKnow);

    [Theory]
    [InlineData(new[] { "normal" }, false)]
    [InlineData(new[] { "normal", "covid19" }, true)]
    [InlineData(new string[0], true)]
    [InlineData(null, null)]
    public void OnlyASetOfOneIsAnAnswer(string[]? set, bool? doesNotKnow)
    {
        CxrPrediction prediction = new()
        {
            ModelId = "m",
            Findings = [new Finding("normal", 0.4f, 0.5f), new Finding("covid19", 0.6f, 0.5f)],
            Logits = [0, 0.4f],
            PredictionSet = set,
        };
        Assert.Equal(new ViewAnswer(1, 0.6f, doesNotKnow), ViewAnswer.Of(prediction, Names));
    }

    private static ViewAnswer Answer(int finding, double probability, bool? doesNotKnow) => new(finding, probability, doesNotKnow);

    private static ViewLine Line(params ViewAnswer[] answers) => ViewLine.Of("whole image", [.. answers], [0, 0, 1, 1], Names);
}
