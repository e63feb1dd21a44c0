namespace CxrNet.Abstractions.Tests.Classification;

public sealed class ReadingAPrediction
{
    [Theory]
    [InlineData(0.49f, 0.5f, false)]
    [InlineData(0.5f, 0.5f, true)]
    [InlineData(0.51f, 0.5f, true)]
    [InlineData(0.2f, 0.1f, true)]
    public void AFindingIsPositiveFromItsThresholdOn(float probability, float threshold, bool positive) =>
        Assert.Equal(positive, new Finding("covid19", probability, threshold).IsPositive);

    [Theory]
    [InlineData(new[] { 0.1f, 0.7f, 0.2f }, "f1")]
    [InlineData(new[] { 0.4f, 0.2f, 0.4f }, "f0")]
    public void TheTopIsTheMostProbableAndTheFirstOfEquals(float[] probabilities, string top)
    {
        CxrPrediction prediction = new()
        {
            ModelId = "m",
            Findings = [.. probabilities.Select(static (p, i) => new Finding($"f{i}", p, 0.5f))],
            Logits = probabilities,
        };

        Assert.Equal(top, prediction.Top.Name);
    }

    // As the explanation methods choose: of two probabilities that are rounded to 1 the higher logit is on top.
    [Fact]
    public void OfEqualProbabilitiesTheHigherLogitIsTheTop()
    {
        CxrPrediction prediction = new() { ModelId = "m", Findings = [new("a", 1, 0.5f), new("b", 1, 0.5f)], Logits = [18, 20] };
        Assert.Equal("b", prediction.Top.Name);
    }

    [Fact]
    public void TheTotalIsTheSumOfTheStages()
    {
        StageTimings timings = new(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(300), TimeSpan.FromMilliseconds(4000));

        Assert.Equal(TimeSpan.FromMilliseconds(4321), timings.Total);
    }

    [Fact]
    public void OneImageIsABatchOfOne()
    {
        using Counting classifier = new();
        GrayImage image = new(1, 1, [0.5f]);

        classifier.Classify(image, TestContext.Current.CancellationToken);

        Assert.Same(image, Assert.Single(Assert.Single(classifier.Batches)));
    }

    private sealed class Counting : ICxrClassifier
    {
        public List<IReadOnlyList<GrayImage>> Batches { get; } = [];

        public CxrModelCard Card => throw new NotSupportedException();

        public IReadOnlyList<CxrPrediction> Classify(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken = default)
        {
            Batches.Add(images);
            return [.. images.Select(static _ => new CxrPrediction { ModelId = "m", Findings = [], Logits = [] })];
        }

        public void Dispose()
        {
        }
    }
}
