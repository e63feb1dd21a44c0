namespace CxrNet.Core.Tests.Pipeline;

public sealed class ExplainingReports
{
    private readonly GrayImage _image = Stand.Ramp(6, 4);

    [Fact]
    public void AMethodOfItsOwnTakesThePlaceOfTheNetworksMap()
    {
        StandClassifier classifier = new(Stand.Card());
        StandExplanation explanation = new();
        using CxrPipeline pipeline = new(new StandDecoder(), classifier, explanation: explanation);

        CxrReport report = pipeline.Analyze(_image, "normal", TestContext.Current.CancellationToken);

        Assert.Equal(("stand", "normal", true), (report.Map!.Method, report.Map.Finding, report.Map.IsSigned));
        // What is scored is what is explained.
        Assert.Same(classifier.Seen[0], Assert.Single(explanation.Asked).Image);
    }

    [Fact]
    public void WithoutAnyMapThereIsNoneAndNoOverlay()
    {
        using CxrPipeline pipeline = new(new StandDecoder(), new StandClassifier(Stand.Card(), withMap: false));

        CxrReport report = pipeline.Analyze(_image, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Null(report.Map);
        Assert.Contains("stand-1", Assert.Throws<InvalidOperationException>(() => report.RenderOverlay()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheOverlayHasTheImagesOwnSize()
    {
        using CxrPipeline pipeline = new(new StandDecoder(), new StandClassifier(Stand.Card()));

        RgbImage overlay = pipeline.Analyze(_image, cancellationToken: TestContext.Current.CancellationToken).RenderOverlay();

        Assert.Equal((6, 4), (overlay.Width, overlay.Height));
    }

    [Theory]
    [InlineData(LungHandling.None)]
    [InlineData(LungHandling.Crop)]
    public void TheOverlayHasNotTheFloorOfAMethodEvenOnAPartOfTheImage(LungHandling lungs)
    {
        GrayImage image = Stand.Ramp(60, 60);
        using CxrPipeline pipeline = new(new StandDecoder(), new StandClassifier(Stand.Card(lungs)), new StandSegmenter(static i => Stand.Mask(i.Width, i.Height, 10, 10, 50, 50)), new FloorExplanation());

        CxrReport report = pipeline.Analyze(image, cancellationToken: TestContext.Current.CancellationToken);

        byte[] rgb = report.RenderOverlay().Rgb;
        int upperLeft = 3 * ((15 * 60) + 15), lowerRight = 3 * ((45 * 60) + 45);
        Assert.Equal((rgb[upperLeft], rgb[upperLeft]), (rgb[upperLeft + 1], rgb[upperLeft + 2]));
        Assert.NotEqual(rgb[lowerRight], rgb[lowerRight + 2]);

        // Another map in its place is drawn, not the one that was there before.
        Assert.Equal(Overlay.Blend(image, new Heatmap(60, 60, new float[60 * 60], 60, 60)).Rgb, (report with { Map = new Heatmap(60, 60, new float[60 * 60], 60, 60) }).RenderOverlay().Rgb);
    }

    [Fact]
    public void ABatchKeepsItsOrder()
    {
        using CxrPipeline pipeline = new(new StandDecoder(), new StandClassifier(Stand.Card()));
        GrayImage[] images = [Stand.Ramp(3, 3), Stand.Ramp(5, 2), Stand.Ramp(2, 5)];

        IReadOnlyList<CxrReport> reports = pipeline.Analyze(images, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(images, reports.Select(static report => report.Image));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ThePartsAreDisposedOfUnlessTheyStayOpen(bool leaveOpen)
    {
        StandClassifier classifier = new(Stand.Card());
        StandSegmenter segmenter = new(static image => Stand.Mask(image.Width, image.Height, 0, 0, 1, 1));
        StandExplanation explanation = new();

        new CxrPipeline(new StandDecoder(), classifier, segmenter, explanation, new CxrPipelineOptions { LeaveOpen = leaveOpen }).Dispose();

        Assert.Equal((!leaveOpen, !leaveOpen, !leaveOpen), (classifier.IsDisposed, segmenter.IsDisposed, explanation.IsDisposed));
    }

    /// <summary>As RISE: a floor below all pixels, and something in one corner.</summary>
    private sealed class FloorExplanation : IExplanationMap
    {
        public string Method => "floor";

        public IReadOnlyList<Heatmap> Explain(IReadOnlyList<GrayImage> images, ExplanationTarget target = default, CancellationToken cancellationToken = default) =>
            [.. images.Select(image => new Heatmap(2, 2, [0.5f, 0.5f, 0.5f, 0.6f], image.Width, image.Height) { Method = Method })];

        public void Dispose()
        {
        }
    }
}
