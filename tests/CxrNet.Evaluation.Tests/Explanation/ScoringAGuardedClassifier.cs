namespace CxrNet.Evaluation.Tests;

public sealed class ScoringAGuardedClassifier
{
    [Fact]
    public void FindingsThatAreWithheldAreNamedAndNoIndexOutOfRange()
    {
        using Withholding classifier = new();
        GrayImage image = new(2, 2, new float[4]);
        foreach (ImageScore score in (ImageScore[])[ClassifierScore.Probability(classifier, "ill"), ClassifierScore.Logit(classifier, "ill")])
        {
            Assert.Contains("'shut' withheld the findings", Assert.Throws<CxrModelException>(() => score([image], TestContext.Current.CancellationToken)).Message, StringComparison.Ordinal);
        }
    }

    private sealed class Withholding : ICxrClassifier
    {
        public CxrModelCard Card { get; } = new() { Id = "shut", Input = new CardInput { Width = 2, Height = 2 }, Findings = [new("healthy"), new("ill")] };

        public IReadOnlyList<CxrPrediction> Classify(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken = default) =>
            [.. images.Select(static _ => new CxrPrediction { ModelId = "shut", Findings = [], Logits = [] })];

        public void Dispose()
        {
        }
    }
}
