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
}
