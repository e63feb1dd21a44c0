// Over 200 lines: the suite of one interface, a few lines for each promise.
namespace CxrNet.Conformance;

/// <summary>What every classifier must do. A backend inherits it and says how a model is made for a card.</summary>
/// <typeparam name="TClassifier">The backend's classifier.</typeparam>
public abstract class CxrClassifierConformance<TClassifier>
    where TClassifier : ICxrClassifier
{
    // Engines split the work of a batch differently: the last bits may differ, no more.
    protected const float Tolerance = 1e-4f;

    /// <summary>The card of the model that is loaded: softmax, with a map, at least two findings.</summary>
    protected virtual CxrModelCard Card => ConformanceCards.Classifier;

    /// <summary>How far a call beside others may be from the same call alone; not at all, unless calls share batches.</summary>
    protected virtual float ToleranceBesideOthers => 0;

    /// <summary>Makes a model of drawn weights for a card.</summary>
    protected abstract TClassifier Load(CxrModelCard card);

    [Fact]
    public void TheCardIsTheOneItWasLoadedWith()
    {
        using TClassifier classifier = Load(Card);
        Assert.Equal(Card.Id, classifier.Card.Id);
        Assert.Equal(Card.Findings, classifier.Card.Findings);
        Assert.Equal(Card.Input.Width, classifier.Card.Input.Width);
        Assert.Equal(Card.Temperature, classifier.Card.Temperature);
    }

    [Fact]
    public void ABatchGivesTheSameScoresAsOneByOne()
    {
        using TClassifier classifier = Load(Card);
        GrayImage[] images = ConformanceImages.Several(5);
        IReadOnlyList<CxrPrediction> batch = classifier.Classify(images, TestContext.Current.CancellationToken);
        Assert.Equal(images.Length, batch.Count);
        for (int i = 0; i < images.Length; i++)
        {
            AssertSame(classifier.Classify(images[i], TestContext.Current.CancellationToken), batch[i], Tolerance);
        }
    }

    [Fact]
    public void ALongListKeepsItsOrder()
    {
        using TClassifier classifier = Load(Card);
        GrayImage[] few = ConformanceImages.Several(3);
        GrayImage[] many = [.. Enumerable.Range(0, 70).Select(i => few[i % 3])];
        IReadOnlyList<CxrPrediction> expected = classifier.Classify(few, TestContext.Current.CancellationToken);
        IReadOnlyList<CxrPrediction> found = classifier.Classify(many, TestContext.Current.CancellationToken);
        Assert.Equal(many.Length, found.Count);
        Assert.True(Math.Abs(expected[0].Logits[0] - expected[1].Logits[0]) > 10 * Tolerance, "The images must differ for this test to mean something.");
        for (int i = 0; i < many.Length; i++)
        {
            AssertSame(expected[i % 3], found[i], Tolerance);
        }
    }

    [Fact]
    public void NoImagesGiveNoPredictions()
    {
        using TClassifier classifier = Load(Card);
        Assert.Empty(classifier.Classify([], TestContext.Current.CancellationToken));
    }

    [Fact]
    public void ProbabilitiesAreTheSoftmaxOfTheLogitsOverTheTemperature()
    {
        using TClassifier classifier = Load(Card);
        foreach (CxrPrediction prediction in classifier.Classify(ConformanceImages.Several(4), TestContext.Current.CancellationToken))
        {
            double[] exponentials = [.. prediction.Logits.Select(l => Math.Exp(l / (double)Card.Temperature))];
            Assert.Equal(1, prediction.Findings.Sum(f => (double)f.Probability), 1e-5);
            for (int f = 0; f < exponentials.Length; f++)
            {
                Assert.Equal(exponentials[f] / exponentials.Sum(), prediction.Findings[f].Probability, 1e-5);
            }
        }
    }

    [Fact]
    public void FindingsStandInCardOrderWithTheirThresholds()
    {
        using TClassifier classifier = Load(Card);
        CxrPrediction prediction = classifier.Classify(ConformanceImages.Make(1), TestContext.Current.CancellationToken);
        Assert.Equal(Card.Id, prediction.ModelId);
        Assert.Equal(Card.Findings.Select(f => (f.Name, f.Threshold)), prediction.Findings.Select(f => (f.Name, f.Threshold)));
    }

    [Fact]
    public void AnUntrainedOutputIsNoScore()
    {
        CxrModelCard card = Card with { Findings = [Card.Findings[0] with { Name = "" }, .. Card.Findings.Skip(1)] };
        using TClassifier classifier = Load(card);
        CxrPrediction prediction = classifier.Classify(ConformanceImages.Make(1), TestContext.Current.CancellationToken);
        Assert.Equal(Card.Findings.Skip(1).Select(f => f.Name), prediction.Findings.Select(f => f.Name));
        Assert.Equal(prediction.Findings.Count, prediction.Logits.Count);
        Assert.Equal(1, prediction.Findings.Sum(f => (double)f.Probability), 1e-5);
    }

    [Fact]
    public void TheMapComesWithTheScoresAndCoversTheImage()
    {
        using TClassifier classifier = Load(Card);
        GrayImage image = ConformanceImages.Make(3, 77, 50);
        Heatmap? map = classifier.Classify(image, TestContext.Current.CancellationToken).Map;
        Assert.NotNull(map);
        Assert.Equal((77, 50), (map.ImageWidth, map.ImageHeight));
        Assert.Equal(PixelRegion.Whole(image), map.Region);
        Assert.Equal("network", map.Method);
        Assert.All(map.Values.ToArray(), v => Assert.InRange(v, 0, 1));
        Assert.True(map.Values.ToArray().Distinct().Count() > 1, "A map of one value would hide that nothing was read.");
    }

    [Theory, MemberData(nameof(ConformanceImages.OddSizes), MemberType = typeof(ConformanceImages))]
    public void AnImageOfAnySizeIsScored(int width, int height)
    {
        using TClassifier classifier = Load(Card);
        CxrPrediction prediction = classifier.Classify(ConformanceImages.Make(5, width, height), TestContext.Current.CancellationToken);
        Assert.Equal(1, prediction.Findings.Sum(f => (double)f.Probability), 1e-5);
        Assert.All(prediction.Findings, f => Assert.InRange(f.Probability, 0, 1));
        Assert.Equal((width, height), (prediction.Map!.ImageWidth, prediction.Map.ImageHeight));
    }

    [Fact]
    public void ABlackImageIsScoredToo()
    {
        using TClassifier classifier = Load(Card);
        CxrPrediction prediction = classifier.Classify(new GrayImage(20, 20, new float[400]), TestContext.Current.CancellationToken);
        Assert.All(prediction.Findings, f => Assert.InRange(f.Probability, 0, 1));
    }

    [Fact]
    public void ResultsOutliveTheNextCallAndTheClassifier()
    {
        CxrPrediction first;
        float[] mapThen;
        using (TClassifier classifier = Load(Card))
        {
            first = classifier.Classify(ConformanceImages.Make(1), TestContext.Current.CancellationToken);
            mapThen = first.Map!.Values.ToArray();
            _ = classifier.Classify(ConformanceImages.Several(9), TestContext.Current.CancellationToken);
        }

        Assert.Equal(mapThen, first.Map.Values.ToArray());
    }

    [Fact]
    public void TimingsAreStated()
    {
        using TClassifier classifier = Load(Card);
        StageTimings timings = classifier.Classify(ConformanceImages.Make(1), TestContext.Current.CancellationToken).Timings;
        Assert.Equal(TimeSpan.Zero, timings.Decode);
        Assert.True(timings.Preprocess > TimeSpan.Zero);
        Assert.True(timings.Inference > TimeSpan.Zero);
        Assert.True(timings.Postprocess > TimeSpan.Zero);
    }

    [Fact]
    public async Task ManyThreadsGetWhatOneGets()
    {
        using TClassifier classifier = Load(Card);
        GrayImage[] images = ConformanceImages.Several(8);
        CxrPrediction[] alone = [.. images.Select(i => classifier.Classify(i, TestContext.Current.CancellationToken))];
        await Parallel.ForAsync(0, 64, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken }, (n, stop) =>
        {
            AssertSame(alone[n % 8], classifier.Classify(images[n % 8], stop), ToleranceBesideOthers);
            return ValueTask.CompletedTask;
        });
    }

    [Fact]
    public void ACancelledTokenIsHeeded()
    {
        using TClassifier classifier = Load(Card);
        Assert.ThrowsAny<OperationCanceledException>(() => classifier.Classify(ConformanceImages.Several(2), new CancellationToken(canceled: true)));
    }

    [Fact]
    public void ATokenThatIsCancelledInTheMiddleIsHeeded()
    {
        using TClassifier classifier = Load(Card);
        using CancellingList images = new(ConformanceImages.Several(5));
        Assert.ThrowsAny<OperationCanceledException>(() => classifier.Classify(images, images.Token));
        Assert.Single(classifier.Classify([images[0]], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task DisposedOfDuringUseEveryCallEndsWithItsResultOrSaysSo()
    {
        TClassifier classifier = Load(Card);
        GrayImage[] images = ConformanceImages.Several(3);
        IReadOnlyList<CxrPrediction> expected = classifier.Classify(images, TestContext.Current.CancellationToken);
        using SemaphoreSlim underWay = new(0);
        Task[] callers = [.. Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            while (true)
            {
                AssertSame(expected[0], classifier.Classify(images, TestContext.Current.CancellationToken)[0], Tolerance);
                underWay.Release();
            }
        }, TestContext.Current.CancellationToken))];
        for (int i = 0; i < 6; i++)
        {
            await underWay.WaitAsync(TestContext.Current.CancellationToken);
        }

        classifier.Dispose();
        foreach (Task caller in callers)
        {
            await Assert.ThrowsAsync<ObjectDisposedException>(() => caller);
        }
    }

    [Fact]
    public void ACardThatIsADraftIsWarnedOf()
    {
        using TClassifier classifier = Load(Card with { Guesses = ["input.normalization"] });
        Assert.Contains(classifier.Classify(ConformanceImages.Make(1), TestContext.Current.CancellationToken).Warnings, static w => w.Contains("input.normalization", StringComparison.Ordinal));
    }

    [Fact]
    public void MissingImagesAreTheCallersMistake()
    {
        using TClassifier classifier = Load(Card);
        Assert.ThrowsAny<ArgumentException>(() => classifier.Classify((IReadOnlyList<GrayImage>)null!, TestContext.Current.CancellationToken));
        Assert.ThrowsAny<ArgumentException>(() => classifier.Classify([ConformanceImages.Make(1), null!], TestContext.Current.CancellationToken));
    }

    [Fact]
    public void AfterDisposalItRefusesAndDisposingTwiceIsFine()
    {
        TClassifier classifier = Load(Card);
        classifier.Dispose();
        classifier.Dispose();
        Assert.Throws<ObjectDisposedException>(() => classifier.Classify(ConformanceImages.Make(1), TestContext.Current.CancellationToken));
    }

    private static void AssertSame(CxrPrediction expected, CxrPrediction found, float tolerance)
    {
        Assert.Equal(expected.Findings.Select(f => f.Name), found.Findings.Select(f => f.Name));
        AssertClose([.. expected.Logits], [.. found.Logits], tolerance);
        AssertClose(expected.Map!.Values, found.Map!.Values, tolerance);
    }

    private static void AssertClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> found, float tolerance)
    {
        Assert.Equal(expected.Length, found.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - found[i]) <= tolerance, $"Value {i} is {found[i]}, {expected[i]} was expected.");
        }
    }
}
