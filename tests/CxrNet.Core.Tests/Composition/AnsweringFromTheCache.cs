using CsCheck;

namespace CxrNet.Core.Tests.Composition;

public sealed class AnsweringFromTheCache
{
    // A scripted prediction: the fixed part, two findings, a map of four values.
    private const long EntryBytes = 512 + (2 * 28) + 512 + 16;

    [Fact]
    public void TheSamePixelsAreScoredOnceAndTheAnswerIsTheSame()
    {
        ScriptedClassifier inner = new();
        using CachedClassifier cached = inner.WithCache();
        CxrPrediction first = cached.Classify(Scripted.Image(0.3f), TestContext.Current.CancellationToken);
        CxrPrediction again = cached.Classify(Scripted.Image(0.3f), TestContext.Current.CancellationToken);

        Assert.Equal(1, inner.Images);
        Assert.Same(first.Findings, again.Findings);
        Assert.Same(first.Map, again.Map);
        Assert.NotEqual(TimeSpan.Zero, first.Timings.Total);
        Assert.Equal(TimeSpan.Zero, again.Timings.Total);
        Assert.Equal(new CacheStatistics(1, 0, 1, 0, 1, EntryBytes), cached.Statistics);
    }

    [Fact]
    public void WhatDiffersInAnythingThatMattersIsScored()
    {
        ScriptedClassifier inner = new();
        using CachedClassifier cached = inner.WithCache();
        float[] pixels = [.. Scripted.Image(side: 6).Pixels];
        float[] touched = [.. pixels];
        touched[35] = MathF.BitIncrement(touched[35]);
        RadiographInfo[] headers =
        [
            RadiographInfo.Unknown, new() { View = RadiographView.Lateral }, new() { Laterality = "" }, new() { Laterality = "L" }, new() { Modality = "L" }, new() { BodyPart = "L" }, new() { PatientSex = "L" },
            new() { PatientAgeYears = 5 }, new() { RowSpacingMillimetres = 5 }, new() { ColumnSpacingMillimetres = 5 }, new() { BurnedInAnnotation = false }, new() { BurnedInAnnotation = true },
            new() { Warnings = ["ab"] }, new() { Warnings = ["a", "b"] },
        ];
        GrayImage[] images = [new(6, 6, touched), new(4, 9, pixels), .. headers.Select(header => new GrayImage(6, 6, pixels, header))];
        cached.Classify(images, TestContext.Current.CancellationToken);

        // Another field of the header belongs into the key, and then into the list above.
        Assert.Equal(10, typeof(RadiographInfo).GetProperties(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Instance).Length);
        Assert.Equal(images.Length, inner.Images);
        Assert.Equal((0, 0), (cached.Statistics.Hits, cached.Statistics.Joined));
    }

    // Whoever asks for the same image next would wait for an answer that nobody computes.
    [Fact]
    public void AnAnswerThatIsNoneLeavesNobodyWaiting()
    {
        using CachedClassifier cached = new NullClassifier().WithCache();
        for (int i = 0; i < 2; i++)
        {
            Assert.ThrowsAny<NullReferenceException>(() => cached.Classify([Scripted.Image(0.1f)], TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public void ABatchAsksForWhatIsMissingOnceAndInOrder()
    {
        ScriptedClassifier inner = new();
        using CachedClassifier cached = inner.WithCache();
        cached.Classify([Scripted.Image(0.1f), Scripted.Image(0.2f)], TestContext.Current.CancellationToken);
        float[] levels = [0.3f, 0.1f, 0.3f, 0.2f, 0.4f];
        IReadOnlyList<CxrPrediction> predictions = cached.Classify([.. levels.Select(static l => Scripted.Image(l))], TestContext.Current.CancellationToken);
        Assert.Equal(4, inner.Images);
        Assert.Equal(levels, predictions.Select(static p => MathF.Round(p.Logits[0], 3)));
        Assert.Equal((2, 1, 4), (cached.Statistics.Hits, cached.Statistics.Joined, cached.Statistics.Misses));
    }

    [Theory]
    [InlineData(2, long.MaxValue)]
    [InlineData(100, (2 * EntryBytes) + 1)]
    public void WhatWasNotAskedForLongestGoesFirst(int entries, long bytes)
    {
        ScriptedClassifier inner = new();
        using CachedClassifier cached = inner.WithCache(new CacheOptions { MaxEntries = entries, MaxBytes = bytes });
        foreach (float level in (float[])[0.1f, 0.2f, 0.1f, 0.3f, 0.1f, 0.2f])
        {
            cached.Classify(Scripted.Image(level), TestContext.Current.CancellationToken);
        }

        // 0.3 took the place of 0.2, which was asked for before the second 0.1; the last 0.2 took that of 0.3.
        Assert.Equal(new CacheStatistics(2, 0, 4, 2, 2, 2 * EntryBytes), cached.Statistics);
    }

    [Fact]
    public void ALargerResultThanAllIsGivenAndNotKept()
    {
        ScriptedClassifier inner = new();
        using CachedClassifier cached = inner.WithCache(new CacheOptions { MaxBytes = EntryBytes - 1 });
        Assert.Equal(2, cached.Classify([Scripted.Image(), Scripted.Image()], TestContext.Current.CancellationToken).Count);
        cached.Classify(Scripted.Image(), TestContext.Current.CancellationToken);
        Assert.Equal((2, 0, 0L), (inner.Images, cached.Statistics.Entries, cached.Statistics.Bytes));
    }

    [Fact]
    public void LimitsThatHoldNothingAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScriptedClassifier().WithCache(new CacheOptions { MaxEntries = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScriptedSegmenter().WithCache(new CacheOptions { MaxBytes = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScriptedExplanation().WithCache(new CacheOptions { MaxBytes = -1 }));
    }

    [Fact]
    public void NoImageIsHeld()
    {
        using CachedClassifier cached = new ScriptedClassifier().WithCache();
        WeakReference image = ClassifyAndForget(cached);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.False(image.IsAlive);
        Assert.Equal(1, cached.Statistics.Entries);

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        static WeakReference ClassifyAndForget(CachedClassifier cached)
        {
            GrayImage image = Scripted.Image(0.6f);
            cached.Classify(image);
            return new WeakReference(image);
        }
    }

    [Fact]
    public void APictureOfTheImageIsNotKeptEither()
    {
        ScriptedClassifier inner = new();
        using CachedClassifier cached = new Thumbnails(inner).WithCache();
        Assert.False(cached.Classify(Scripted.Image(), TestContext.Current.CancellationToken).Thumbnail.IsEmpty);
        cached.Classify(Scripted.Image(), TestContext.Current.CancellationToken);
        Assert.Equal((2, 0), (inner.Images, cached.Statistics.Entries));
    }

    [Fact]
    public void MasksAndMapsAreCachedToo()
    {
        ScriptedSegmenter segmenter = new();
        using CachedSegmenter lungs = segmenter.WithCache();
        Assert.Same(lungs.Segment([Scripted.Image(side: 5)])[0], lungs.Segment([Scripted.Image(side: 5)])[0]);
        Assert.Equal((1, 512 + 100), (segmenter.Images, lungs.Statistics.Bytes));

        ScriptedExplanation explanation = new();
        using CachedExplanation maps = explanation.WithCache();
        Assert.Same(maps.Explain([Scripted.Image()], "normal")[0], maps.Explain([Scripted.Image()], "normal")[0]);
        Assert.Equal("covid19", maps.Explain([Scripted.Image()], "covid19")[0].Finding);
        Assert.Null(maps.Explain([Scripted.Image()])[0].Finding);
        Assert.Equal((3, 1), (explanation.Seen.Count, maps.Statistics.Hits));
    }

    [Fact]
    public void WhateverIsAskedTheAnswerIsTheClassifiersAndTheLimitsHold() =>
        Check.Sample(
            Gen.Select(Gen.Int[1, 4], Gen.Int[1, 5], Gen.Int[0, 7].Array[0, 5].Array[0, 12]),
            (entries, bytes, calls) =>
            {
                ScriptedClassifier inner = new();
                using CachedClassifier cached = inner.WithCache(new CacheOptions { MaxEntries = entries, MaxBytes = bytes * EntryBytes });
                foreach (int[] call in calls)
                {
                    float[] levels = Array.ConvertAll(call, static c => c / 10f);
                    IReadOnlyList<CxrPrediction> found = cached.Classify([.. levels.Select(static l => Scripted.Image(l, side: 3))]);
                    Assert.Equal(Array.ConvertAll(levels, static l => Scripted.Mean(Scripted.Image(l, side: 3))), found.Select(static p => p.Logits[0]));
                    CacheStatistics s = cached.Statistics;
                    Assert.True(s.Entries <= Math.Min(entries, bytes) && s.Bytes == s.Entries * EntryBytes);
                }

                CacheStatistics end = cached.Statistics;
                Assert.Equal(calls.Sum(static c => (long)c.Length), end.Hits + end.Joined + end.Misses);
                Assert.Equal((end.Misses, end.Misses - end.Entries), (inner.Images, end.Evictions));
            },
            iter: 300);

    private sealed class Thumbnails(ICxrClassifier inner) : DelegatingClassifier(inner)
    {
        protected override IReadOnlyList<CxrPrediction> ClassifyCore(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken) =>
            [.. Inner.Classify(images, cancellationToken).Select(static p => p with { Thumbnail = new float[256] })];
    }

    /// <summary>Breaks the contract: a prediction is null.</summary>
    private sealed class NullClassifier : ICxrClassifier
    {
        public CxrModelCard Card { get; } = new ScriptedClassifier().Card;

        public IReadOnlyList<CxrPrediction> Classify(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken = default) => [.. images.Select(static _ => (CxrPrediction)null!)];

        public void Dispose()
        {
        }
    }
}
