namespace CxrNet.Evaluation.Tests;

public sealed class DecoratingWithACalibration
{
    [Fact]
    public void ASitesResultIsReadInThePlaceOfTheModelsCard()
    {
        Random random = new(5);
        float[][] rows = [.. Enumerable.Range(0, 300).Select(_ => new[] { (float)random.NextDouble() * 8, 4f })];
        int[] truth = [.. rows.Select(row => random.NextDouble() < 1 / (1 + Math.Exp(row[0] - row[1])) ? 1 : 0)];
        FirstPixel classifier = new();
        SiteCalibrationResult site = SiteCalibration.Refit(classifier.Card, new ScoreTable(["normal", "ill"], [.. rows.SelectMany(static r => new double[] { r[0], r[1] })]), truth);

        using CalibratedClassifier calibrated = classifier.WithCalibration(site);
        CxrPrediction prediction = calibrated.Classify(new GrayImage(1, 1, [3]));

        Assert.Equal(site.Card.Temperature, calibrated.Card.Temperature);
        Assert.Equal(1 / (1 + Math.Exp((3 - 4) / site.Card.Temperature)), prediction.Findings[1].Probability, 1e-5);
        Assert.Equal(site.Card.Findings.Select(static f => f.Threshold), prediction.Findings.Select(static f => f.Threshold));
        Assert.NotNull(prediction.PredictionSet);
    }

    /// <summary>The logit of the first finding is the image's first pixel.</summary>
    private sealed class FirstPixel : ICxrClassifier
    {
        public CxrModelCard Card { get; } = new() { Id = "pixel-1", Input = new CardInput { Width = 1, Height = 1 }, Findings = [new CardFinding("normal"), new CardFinding("ill")], Temperature = 0.25f };

        public IReadOnlyList<CxrPrediction> Classify(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken = default) =>
            PredictionReader.Read([.. images.SelectMany(static image => new[] { image.Pixels[0], 4f })], images.Count, Card, null, images, default);

        public void Dispose()
        {
        }
    }
}
