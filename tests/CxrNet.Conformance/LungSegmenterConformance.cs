namespace CxrNet.Conformance;

/// <summary>What every lung segmenter must do. A backend inherits it and says how a model is made for a card.</summary>
/// <typeparam name="TSegmenter">The backend's segmenter.</typeparam>
public abstract class LungSegmenterConformance<TSegmenter>
    where TSegmenter : ILungSegmenter
{
    private const float Tolerance = 1e-4f;

    /// <summary>The card of the model that is loaded.</summary>
    protected virtual CxrModelCard Card => ConformanceCards.LungSegmenter;

    /// <summary>Makes a model of drawn weights for a card.</summary>
    protected abstract TSegmenter Load(CxrModelCard card);

    [Fact]
    public void TheCardIsTheOneItWasLoadedWith()
    {
        using TSegmenter segmenter = Load(Card);
        Assert.Equal(Card.Id, segmenter.Card.Id);
        Assert.Equal(CxrModelTask.LungSegmentation, segmenter.Card.Task);
    }

    [Theory, MemberData(nameof(ConformanceImages.OddSizes), MemberType = typeof(ConformanceImages))]
    public void TheMaskHasTheImagesSizeAndHoldsProbabilities(int width, int height)
    {
        using TSegmenter segmenter = Load(Card);
        LungMask mask = Assert.Single(segmenter.Segment([ConformanceImages.Make(5, width, height)], TestContext.Current.CancellationToken));
        Assert.Equal((width, height), (mask.Width, mask.Height));
        foreach (float probability in mask.Probabilities)
        {
            Assert.InRange(probability, 0, 1);
        }
    }

    [Fact]
    public void ABatchGivesTheSameMasksAsOneByOneInOrder()
    {
        using TSegmenter segmenter = Load(Card);
        GrayImage[] images = ConformanceImages.Several(5);
        IReadOnlyList<LungMask> batch = segmenter.Segment(images, TestContext.Current.CancellationToken);
        Assert.Equal(images.Length, batch.Count);
        for (int i = 0; i < images.Length; i++)
        {
            AssertSame(segmenter.Segment([images[i]], TestContext.Current.CancellationToken)[0], batch[i], Tolerance);
        }
    }

    [Fact]
    public void NoImagesGiveNoMasks()
    {
        using TSegmenter segmenter = Load(Card);
        Assert.Empty(segmenter.Segment([], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task ManyThreadsGetWhatOneGets()
    {
        using TSegmenter segmenter = Load(Card);
        GrayImage[] images = ConformanceImages.Several(4);
        LungMask[] alone = [.. images.Select(i => segmenter.Segment([i], TestContext.Current.CancellationToken)[0])];
        await Parallel.ForAsync(0, 32, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken }, (n, stop) =>
        {
            AssertSame(alone[n % 4], segmenter.Segment([images[n % 4]], stop)[0], 0);
            return ValueTask.CompletedTask;
        });
    }

    [Fact]
    public void ATokenThatIsCancelledInTheMiddleIsHeeded()
    {
        using TSegmenter segmenter = Load(Card);
        using CancellingList images = new(ConformanceImages.Several(5));
        Assert.ThrowsAny<OperationCanceledException>(() => segmenter.Segment(images, images.Token));
        Assert.ThrowsAny<OperationCanceledException>(() => segmenter.Segment(ConformanceImages.Several(2), new CancellationToken(canceled: true)));
    }

    [Fact]
    public void MissingImagesAreTheCallersMistake()
    {
        using TSegmenter segmenter = Load(Card);
        Assert.ThrowsAny<ArgumentException>(() => segmenter.Segment(null!, TestContext.Current.CancellationToken));
        Assert.ThrowsAny<ArgumentException>(() => segmenter.Segment([null!], TestContext.Current.CancellationToken));
    }

    [Fact]
    public void AfterDisposalItRefusesAndDisposingTwiceIsFine()
    {
        TSegmenter segmenter = Load(Card);
        segmenter.Dispose();
        segmenter.Dispose();
        Assert.Throws<ObjectDisposedException>(() => segmenter.Segment([ConformanceImages.Make(1)], TestContext.Current.CancellationToken));
    }

    private static void AssertSame(LungMask expected, LungMask found, float tolerance)
    {
        Assert.Equal((expected.Width, expected.Height), (found.Width, found.Height));
        for (int i = 0; i < expected.Probabilities.Length; i++)
        {
            Assert.True(Math.Abs(expected.Probabilities[i] - found.Probabilities[i]) <= tolerance, $"Pixel {i} is {found.Probabilities[i]}, {expected.Probabilities[i]} was expected.");
        }
    }
}
