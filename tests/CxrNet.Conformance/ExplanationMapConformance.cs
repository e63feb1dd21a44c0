namespace CxrNet.Conformance;

/// <summary>What every explanation method must do. Whoever writes one inherits it and says how the method and its classifier are made.</summary>
/// <typeparam name="TMap">The method.</typeparam>
public abstract class ExplanationMapConformance<TMap>
    where TMap : IExplanationMap
{
    private const float Tolerance = 1e-4f;

    /// <summary>The card of the model that is explained.</summary>
    protected virtual CxrModelCard Card => ConformanceCards.Classifier;

    /// <summary>Makes the classifier that is explained.</summary>
    protected abstract ICxrClassifier LoadClassifier(CxrModelCard card);

    /// <summary>Makes the method. The classifier stays the caller's.</summary>
    protected abstract TMap Create(ICxrClassifier classifier);

    [Theory, MemberData(nameof(ConformanceImages.OddSizes), MemberType = typeof(ConformanceImages))]
    public void TheMapBelongsToTheImageAndHoldsFiniteValues(int width, int height)
    {
        using ICxrClassifier classifier = LoadClassifier(Card);
        using TMap map = Create(classifier);
        Heatmap heatmap = Assert.Single(map.Explain([ConformanceImages.Make(5, width, height)], cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal((width, height), (heatmap.ImageWidth, heatmap.ImageHeight));
        Assert.Equal(map.Method, heatmap.Method);
        foreach (float value in heatmap.Values)
        {
            Assert.True(float.IsFinite(value) && (heatmap.IsSigned || value >= 0), $"{value} stands in a map that {(heatmap.IsSigned ? "may" : "may not")} be negative.");
        }

        Assert.Equal(width * height, heatmap.ToImageSize().Values.Length);
    }

    [Fact]
    public void EveryFindingCanBeExplained()
    {
        using ICxrClassifier classifier = LoadClassifier(Card);
        using TMap map = Create(classifier);
        foreach (CardFinding finding in Card.Findings)
        {
            Heatmap heatmap = map.Explain([ConformanceImages.Make(2)], finding.Name, TestContext.Current.CancellationToken)[0];
            Assert.True(heatmap.Finding is null || heatmap.Finding == finding.Name);
        }
    }

    [Fact]
    public void AnUnknownFindingIsTheCallersMistake()
    {
        using ICxrClassifier classifier = LoadClassifier(Card);
        using TMap map = Create(classifier);
        ArgumentException error = Assert.ThrowsAny<ArgumentException>(() => map.Explain([ConformanceImages.Make(1)], "no such finding", TestContext.Current.CancellationToken));
        Assert.Contains("no such finding", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ABatchGivesTheSameMapsAsOneByOneInOrder()
    {
        using ICxrClassifier classifier = LoadClassifier(Card);
        using TMap map = Create(classifier);
        GrayImage[] images = ConformanceImages.Several(3);
        string finding = Card.Findings[^1].Name;
        IReadOnlyList<Heatmap> batch = map.Explain(images, finding, TestContext.Current.CancellationToken);
        Assert.Equal(images.Length, batch.Count);
        for (int i = 0; i < images.Length; i++)
        {
            AssertSame(map.Explain([images[i]], finding, TestContext.Current.CancellationToken)[0], batch[i]);
        }
    }

    [Fact]
    public void TheSameImageGivesTheSameMap()
    {
        using ICxrClassifier classifier = LoadClassifier(Card);
        using TMap map = Create(classifier);
        GrayImage[] image = [ConformanceImages.Make(7)];
        AssertSame(map.Explain(image, cancellationToken: TestContext.Current.CancellationToken)[0], map.Explain(image, cancellationToken: TestContext.Current.CancellationToken)[0]);
    }

    [Fact]
    public void NoImagesGiveNoMaps()
    {
        using ICxrClassifier classifier = LoadClassifier(Card);
        using TMap map = Create(classifier);
        Assert.Empty(map.Explain([], cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task ManyThreadsGetWhatOneGets()
    {
        using ICxrClassifier classifier = LoadClassifier(Card);
        using TMap map = Create(classifier);
        GrayImage[] images = ConformanceImages.Several(4);
        Heatmap[] alone = [.. images.Select(i => map.Explain([i], cancellationToken: TestContext.Current.CancellationToken)[0])];
        await Parallel.ForAsync(0, 16, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = TestContext.Current.CancellationToken }, (n, stop) =>
        {
            AssertSame(alone[n % 4], map.Explain([images[n % 4]], cancellationToken: stop)[0]);
            return ValueTask.CompletedTask;
        });
    }

    [Fact]
    public void ACancelledTokenIsHeeded()
    {
        using ICxrClassifier classifier = LoadClassifier(Card);
        using TMap map = Create(classifier);
        Assert.ThrowsAny<OperationCanceledException>(() => map.Explain(ConformanceImages.Several(2), cancellationToken: new CancellationToken(canceled: true)));
    }

    [Fact]
    public void TheClassifierStaysTheCallers()
    {
        using ICxrClassifier classifier = LoadClassifier(Card);
        TMap map = Create(classifier);
        map.Dispose();
        map.Dispose();
        Assert.NotEmpty(classifier.Classify(ConformanceImages.Make(1), TestContext.Current.CancellationToken).Findings);
    }

    private static void AssertSame(Heatmap expected, Heatmap found)
    {
        Assert.Equal((expected.Width, expected.Height, expected.Region), (found.Width, found.Height, found.Region));
        for (int i = 0; i < expected.Values.Length; i++)
        {
            Assert.True(Math.Abs(expected.Values[i] - found.Values[i]) <= Tolerance, $"Value {i} is {found.Values[i]}, {expected.Values[i]} was expected.");
        }
    }
}
