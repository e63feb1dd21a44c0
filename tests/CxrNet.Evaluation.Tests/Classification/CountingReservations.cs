namespace CxrNet.Evaluation.Tests.Classification;

public sealed class CountingReservations
{
    [Fact]
    public void SetsAndDistancesAreCountedApart()
    {
        DecisionFigures figures = DecisionFigures.Of(
            [Predict(0.9f, ["a"], 0.5f), Predict(0.6f, ["a", "b"], 0.2f), Predict(0.8f, ["a"], 1.2f), Predict(0.5f, [], 2)],
            ["a", "b", "b", "a"]);

        Assert.Equal(0.5, figures.Undecided);
        Assert.Equal(0.5, figures.Coverage);
        Assert.Equal(0.5, figures.DecidedAccuracy);
        Assert.Equal(0.5, figures.Unlike);
        OperatingPoint a = figures.OperatingPoints["a"];
        Assert.Equal((0.5, 0.0), (a.Sensitivity, a.Specificity));
    }

    [Fact]
    public void WithoutSetsAndGuardNothingIsDefined()
    {
        DecisionFigures figures = DecisionFigures.Of([Predict(0.9f, null, null)], ["a"]);
        Assert.Equal([double.NaN, double.NaN, double.NaN, double.NaN], [figures.Undecided, figures.Coverage, figures.DecidedAccuracy, figures.Unlike]);
    }

    [Theory, InlineData(0), InlineData(1)]
    public void WhatIsWithheldIsCountedApart(int place)
    {
        List<CxrPrediction> predictions = [Predict(0.9f, ["a"], 0.5f)];
        List<string> labels = ["a"];
        predictions.Insert(place, new CxrPrediction { ModelId = "m", Findings = [], Logits = [], Distance = 3 });
        labels.Insert(place, "b");
        DecisionFigures figures = DecisionFigures.Of(predictions, labels);
        Assert.Equal((2, 0.5, 0.0, 1.0, 0.5), (figures.Count, figures.Withheld, figures.Undecided, figures.DecidedAccuracy, figures.Unlike));
        Assert.Equal(1, figures.OperatingPoints["a"].Sensitivity);
        Assert.Contains($"prediction {place}, of 'm', are withheld", Assert.Throws<ArgumentException>(() => ScoreTable.Logits(predictions)).Message, StringComparison.Ordinal);
    }

    private static CxrPrediction Predict(float probability, string[]? set, float? distance) => new()
    {
        ModelId = "m",
        Findings = [new Finding("a", probability, 0.6f), new Finding("b", 1 - probability, 0.5f)],
        Logits = [0, 0],
        PredictionSet = set,
        Distance = distance,
    };
}
