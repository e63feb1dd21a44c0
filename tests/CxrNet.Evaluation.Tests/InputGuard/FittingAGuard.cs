namespace CxrNet.Evaluation.Tests.InputGuard;

public sealed class FittingAGuard
{
    private const int Features = 12;

    [Fact]
    public void AlarmsOnOthersOfTheKindStayBelowTheShareThatWasAskedFor()
    {
        GuardSample[] validation = Draw(500, seed: 2);
        CardGuard guard = GuardFit.Fit(Draw(800, seed: 1), validation, new GuardFitOptions { FalseAlarms = 0.04, PooledComponents = 4, ThumbnailComponents = 6, Provenance = "drawn" });

        int alarms = validation.Count(s => Distance(guard, s) > 1);
        Assert.InRange(WilsonInterval.Of(alarms, 500, 0.95).High, 0.03, 0.04);
        Assert.Equal("drawn", guard.Provenance);

        // On others of the kind the share stays below that, and not at nothing.
        Assert.InRange(Draw(2000, seed: 3).Count(s => Distance(guard, s) > 1) / 2000.0, 0.005, 0.045);
    }

    [Fact]
    public void TheShareThatWasReachedIsMeasuredAndTooFewImagesCannotReachALowOne()
    {
        GuardFitOptions options = new() { FalseAlarms = 0.02, PooledComponents = 4, ThumbnailComponents = 6 };
        GuardSample[] few = Draw(188, seed: 2), enough = Draw(189, seed: 2), many = Draw(800, seed: 2);
        Assert.Equal(189, GuardFit.LeastValidation(0.02));
        Interval Reached(GuardSample[] validation) => GuardFit.FalseAlarms(GuardFit.Fit(Draw(800, seed: 1), validation, options), validation);

        Assert.Equal(0, Reached(few).Estimate);
        Assert.True(Reached(few).High > 0.02);
        Assert.True(Reached(enough).High <= 0.02);
        CardGuard guard = GuardFit.Fit(Draw(800, seed: 1), many, options);
        Assert.Equal(many.Count(s => Distance(guard, s) > 1) / 800.0, GuardFit.FalseAlarms(guard, many).Estimate, 1e-9);
        Assert.InRange(Reached(many).High, 0.01, 0.02);
        Assert.ThrowsAny<ArgumentException>(() => GuardFit.FalseAlarms(guard, []));
    }

    [Fact]
    public void WhatBreaksTheCorrelationsIsToldThoughEachNumberIsUsual()
    {
        CardGuard guard = GuardFit.Fit(Draw(800, seed: 1), Draw(500, seed: 2), new GuardFitOptions { PooledComponents = 4, ThumbnailComponents = 6 });
        GuardSample[] shuffled = [.. Draw(200, seed: 4).Select(s => s with { Pooled = s.Pooled.ToArray().Reverse().ToArray(), Thumbnail = s.Thumbnail.ToArray().Reverse().ToArray() })];
        Assert.True(shuffled.Count(s => Distance(guard, s) > 1) > 195);
    }

    [Fact]
    public void AGroupApartIsNotUnlikeWhatLiesBetweenIs()
    {
        GuardSample[] two = [.. Draw(400, seed: 1).Select(s => s with { Group = "a" }), .. Draw(400, seed: 5).Select(s => Shift(s, 6) with { Group = "b" })];
        CardGuard guard = GuardFit.Fit(two, two, new GuardFitOptions { PooledComponents = 4, ThumbnailComponents = 6 });
        Assert.All(guard.Parts, static part => Assert.Equal(2, part.Groups));
        Assert.InRange(two.Skip(400).Count(s => Distance(guard, s) > 1), 0, 30);
        Assert.True(Draw(200, seed: 6).Count(s => Distance(guard, Shift(s, 3)) > 1) > 190);
    }

    [Fact]
    public void UnwantedImagesNearTheWantedOnesAreToldByTheRatio()
    {
        GuardSample[] near = [.. Draw(300, seed: 7).Select(s => Shift(s, 0.25f) with { Group = "shifted" })];
        GuardSample[] others = [.. Draw(300, seed: 8).Select(s => Shift(s, 0.25f))];
        GuardFitOptions options = new() { PooledComponents = 4, ThumbnailComponents = 6 };
        CardGuard without = GuardFit.Fit(Draw(800, seed: 1), Draw(500, seed: 2), options);
        CardGuard with = GuardFit.Fit(Draw(800, seed: 1), Draw(500, seed: 2), options, near);

        Assert.All(with.Parts, static part => Assert.Equal(1, part.Others));
        int caughtWith = others.Count(s => Distance(with, s) > 1), caughtWithout = others.Count(s => Distance(without, s) > 1);
        Assert.True(caughtWith > caughtWithout + 30, $"{caughtWith} with, {caughtWithout} without");
        Assert.InRange(Draw(500, seed: 2).Count(s => Distance(with, s) > 1), 0, 10);
    }

    [Fact]
    public void TheFittedCardIsReadAgain()
    {
        CxrModelCard card = new()
        {
            Id = "g-1",
            Input = new CardInput { Width = 16, Height = 16 },
            Findings = [new CardFinding("a")],
            Outputs = new CardOutputs { Pooled = "pooled" },
            Guard = GuardFit.Fit(Draw(100, seed: 1), Draw(50, seed: 2), new GuardFitOptions { PooledComponents = 2, ThumbnailComponents = 3 }),
        };
        CxrModelCard again = CxrModelCardJson.Parse(card.ToJson(), "again");
        CxrModelCardCheck.Require(again, CxrModelTask.Classification, "again");
        Assert.Equal(card.Guard.Parts, again.Guard!.Parts);
    }

    [Fact]
    public void TooFewImagesOrMissingFeaturesAreNamed()
    {
        Assert.Contains("more than 24", Assert.Throws<ArgumentException>(() => GuardFit.Fit(Draw(10, 1), Draw(10, 2))).Message, StringComparison.Ordinal);
        Assert.Contains("KeepFeatures", Assert.Throws<ArgumentException>(() => GuardFit.Fit(Draw(30, 1), Draw(10, 2), new GuardFitOptions { PooledLength = 40 })).Message, StringComparison.Ordinal);
    }

    private static float Distance(CardGuard guard, GuardSample sample) =>
        guard.Parts.Max(part =>
        {
            GuardGaussian gaussian = new(part);
            ReadOnlySpan<float> values = (part.Source == CardGuardSource.Pooled ? sample.Pooled : sample.Thumbnail).Span.Slice(part.Start, part.Length);
            float distance = gaussian.Distance(values, new float[part.Length]);
            return Math.Max(distance / part.Threshold, part.Others == 0 ? 0 : distance / gaussian.DistanceToOthers(values, new float[part.Length]) / part.RatioThreshold);
        });

    private static GuardSample Shift(GuardSample sample, float by) => sample with { Pooled = Array.ConvertAll(sample.Pooled.ToArray(), v => v + by), Thumbnail = Array.ConvertAll(sample.Thumbnail.ToArray(), v => v + by) };

    // Correlated numbers: three hidden ones drive all, with gains that fall with the index.
    private static GuardSample[] Draw(int count, int seed)
    {
        Random random = new(seed);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            double[] hidden = [Normal(), Normal(), Normal()];
            float[] Numbers(int length) => [.. Enumerable.Range(0, length).Select(i => (float)((hidden[i % 3] * (2.0 - ((double)i / length))) + (0.2 * Normal()) + (0.02 * i)))];
            return new GuardSample(Numbers(Features), Numbers(GuardThumbnail.Length));
        })];
    }
}
