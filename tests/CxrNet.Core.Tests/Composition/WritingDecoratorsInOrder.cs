namespace CxrNet.Core.Tests.Composition;

public sealed class WritingDecoratorsInOrder
{
    [Fact]
    public void TheLastOneWrittenIsAskedFirst()
    {
        ScriptedClassifier inner = new();
        using CachedClassifier cached = inner.WithAugmentation(3).WithCache();
        cached.Classify(Scripted.Image(), TestContext.Current.CancellationToken);
        cached.Classify(Scripted.Image(), TestContext.Current.CancellationToken);
        Assert.Equal(3, inner.Images);
        Assert.Equal(1, cached.Statistics.Hits);
    }

    [Fact]
    public void WrittenTheOtherWayRoundTheViewsAreCached()
    {
        ScriptedClassifier inner = new();
        CachedClassifier cache = inner.WithCache();
        using AugmentedClassifier augmented = cache.WithAugmentation(3);
        augmented.Classify(Scripted.Image(), TestContext.Current.CancellationToken);
        augmented.Classify(Scripted.Image(), TestContext.Current.CancellationToken);
        Assert.Equal(3, inner.Images);
        Assert.Equal((3, 3), (cache.Statistics.Hits, cache.Statistics.Misses));
    }

    [Fact]
    public void TheWholeStackGivesWhatThePartsGiveOneAfterTheOther()
    {
        CxrModelCard refitted = Scripted.Card with { Temperature = 0.5f };
        using MeteredClassifier stack = new ScriptedClassifier().WithLungCrop(new ScriptedSegmenter()).WithCalibration(refitted).WithGuard(new GuardOptions { Unlike = false }).WithCache().WithLogging(Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance).WithMetrics();
        GrayImage image = Scripted.Image(0.4f);

        CxrPrediction prediction = stack.Classify(image, TestContext.Current.CancellationToken);

        // The left half and its margin have the mean of the whole.
        Assert.Equal([0.4f, 1.6f], prediction.Logits.Select(static l => MathF.Round(l, 3)));
        double expected = 1 / (1 + Math.Exp((0.4 - 1.6) / 0.5));
        Assert.Equal(expected, prediction.Findings[1].Probability, 1e-3);
        Assert.Equal((80, 80), (prediction.Map!.ImageWidth, prediction.Map.ImageHeight));
        Assert.Equal(44, prediction.Map.Region.Width);
    }
}
