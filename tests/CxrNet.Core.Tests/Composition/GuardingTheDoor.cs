namespace CxrNet.Core.Tests.Composition;

public sealed class GuardingTheDoor
{
    private static readonly GuardOptions NoDistance = new() { Unlike = false };

    [Fact]
    public void WhatIsNoRadiographIsWithheldWithItsReasonAndTheRestIsScoredInPlace()
    {
        ScriptedClassifier inner = new();
        using GuardedClassifier guarded = inner.WithGuard(NoDistance);
        float[] broken = new float[6400];
        broken[17] = float.NaN;
        GrayImage[] images =
        [
            Scripted.Image(0.2f), Scripted.Image(0.5f, side: 63), new(80, 80, new float[6400]), new(80, 80, broken),
            Scripted.Image(0.3f, info: new RadiographInfo { View = RadiographView.Lateral }), Scripted.Image(0.4f),
        ];

        IReadOnlyList<CxrPrediction> predictions = guarded.Classify(images, TestContext.Current.CancellationToken);

        Assert.Equal([false, true, true, true, true, false], predictions.Select(static p => p.IsWithheld));
        Assert.Equal(2, inner.Images);
        Assert.Equal(0.2f, predictions[0].Logits[0], 1e-4f);
        Assert.Equal(0.4f, predictions[5].Logits[0], 1e-4f);
        Assert.Contains("63 x 63", predictions[1].Warnings[^1], StringComparison.Ordinal);
        Assert.Contains("empty", predictions[2].Warnings[^1], StringComparison.Ordinal);
        Assert.Contains("finite", predictions[3].Warnings[^1], StringComparison.Ordinal);
        Assert.Contains("lateral", predictions[4].Warnings[^1], StringComparison.Ordinal);
        Assert.All(predictions.Where(static p => p.IsWithheld), static p =>
        {
            Assert.True(p.IsUndecided);
            Assert.Null(p.Map);
            Assert.Contains(p.Warnings[^1], Assert.Throws<InvalidOperationException>(() => p.Top).Message, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData(1.01f, true)]
    [InlineData(1f, false)]
    public void AnImageUnlikeTheTrainingsIsWithheld(float distance, bool withheld)
    {
        ScriptedClassifier inner = new(Scripted.Card with { Guard = new CardGuard([], "none") }) { Distance = distance };
        using GuardedClassifier guarded = inner.WithGuard();
        CxrPrediction prediction = guarded.Classify(Scripted.Image(), TestContext.Current.CancellationToken);
        Assert.Equal(withheld, prediction.IsWithheld);
        Assert.Equal(withheld, prediction.Map is null);
        Assert.Equal(distance, prediction.Distance);
        Assert.Equal(withheld, prediction.Warnings.Any(static w => w.Contains("unlike", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(1.5f)]
    [InlineData(0.5f)]
    public void WhatIsWithheldIsNotNamedInAWarning(float distance)
    {
        // At this level no finding can be excluded, which is said of what is scored alone.
        CxrModelCard card = Scripted.Card with { Guard = new CardGuard([], "none"), Abstain = new CardAbstain(0.1, 0.99f, "drawn") };
        using GuardedClassifier guarded = new ScriptedClassifier(card) { Distance = distance, Warnings = ["Said by a decorator."] }.WithGuard();
        using CxrPipeline pipeline = new(new Pipeline.StandDecoder(), new ScriptedClassifier(card) { Distance = distance, Warnings = ["Said by a decorator."] }, options: new CxrPipelineOptions { AbstainWhenUnlike = true });
        CxrPrediction[] predictions = [guarded.Classify(Scripted.Image(), TestContext.Current.CancellationToken), pipeline.Analyze(Scripted.Image(), cancellationToken: TestContext.Current.CancellationToken).Prediction];
        Assert.All(predictions, prediction =>
        {
            Assert.Equal(distance > 1, prediction.IsWithheld);
            Assert.Equal(distance <= 1, prediction.Warnings.Any(static w => w.Contains("normal and covid19", StringComparison.Ordinal)));
            Assert.Equal(distance > 1, prediction.Warnings.Any(static w => w.Contains("unlike", StringComparison.Ordinal)));
            Assert.Contains("Said by a decorator.", prediction.Warnings);
        });
    }

    [Fact]
    public void AModelThatCannotTellIsRefusedUnlessItNeedNot()
    {
        ScriptedClassifier inner = new();
        Assert.Contains("no guard", Assert.Throws<CxrModelException>(() => inner.WithGuard()).Message, StringComparison.Ordinal);
        Assert.False(inner.WithGuard(NoDistance).Classify(Scripted.Image(), TestContext.Current.CancellationToken).IsWithheld);
    }

    [Fact]
    public void ChecksCanBeTurnedOff()
    {
        using GuardedClassifier guarded = new ScriptedClassifier().WithGuard(new GuardOptions { Unlike = false, OtherViews = false, MinSide = 1, MinRange = 0 });
        GrayImage lateral = new(1, 1, [0], new RadiographInfo { View = RadiographView.Lateral });
        Assert.False(guarded.Classify(lateral, TestContext.Current.CancellationToken).IsWithheld);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScriptedClassifier().WithGuard(new GuardOptions { Unlike = false, MinSide = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScriptedClassifier().WithGuard(new GuardOptions { Unlike = false, MinRange = -1 }));
    }

    [Fact]
    public void DecoratorsOutsideLeaveWhatIsWithheldAlone()
    {
        ScriptedClassifier inner = new();
        GrayImage empty = new(80, 80, new float[6400]);
        using CachedClassifier stack = inner.WithGuard(NoDistance).WithAugmentation(3).WithCalibration(inner.Card).WithCache();
        IReadOnlyList<CxrPrediction> predictions = stack.Classify([empty, Scripted.Image()], TestContext.Current.CancellationToken);
        Assert.Equal([true, false], predictions.Select(static p => p.IsWithheld));
        Assert.Equal(3, inner.Images);
    }

    [Fact]
    public void APipelineDoesNotExplainWhatIsWithheld()
    {
        ScriptedExplanation explanation = new(map: static image => new Heatmap(1, 1, [image.Width], image.Width, image.Height));
        using CxrPipeline pipeline = new(new Pipeline.StandDecoder(), new ScriptedClassifier().WithGuard(NoDistance), explanation: explanation);
        IReadOnlyList<CxrReport> reports = pipeline.Analyze([Scripted.Image(), new GrayImage(80, 80, new float[6400]), Scripted.Image(side: 90)], cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal([false, true, false], reports.Select(static r => r.Prediction.IsWithheld));
        Assert.Equal([80, null, 90], reports.Select(static r => r.Map?.Values[0]));
        Assert.Equal([(80, 80), (90, 90)], explanation.Seen);
        Assert.NotEmpty(reports[1].Prediction.Warnings);
    }
}
