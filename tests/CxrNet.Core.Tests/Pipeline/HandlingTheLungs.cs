namespace CxrNet.Core.Tests.Pipeline;

public sealed class HandlingTheLungs
{
    private readonly GrayImage _image = Stand.Ramp(40, 20);

    [Fact]
    public void WithoutHandlingTheClassifierSeesTheImageItselfAndTheReportHasTheMask()
    {
        StandClassifier classifier = new(Stand.Card());
        using CxrPipeline pipeline = new(new StandDecoder(), classifier, Segmenter());

        CxrReport report = pipeline.Analyze(_image, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Same(_image, Assert.Single(classifier.Seen));
        Assert.Same(_image, report.Image);
        Assert.True(report.Lungs![10, 5]);
        Assert.False(report.Lungs[9, 5]);
    }

    [Fact]
    public void AppliedWhatIsNotLungBecomesBlack()
    {
        StandClassifier classifier = new(Stand.Card(LungHandling.Apply));
        using CxrPipeline pipeline = new(new StandDecoder(), classifier, Segmenter());

        CxrReport report = pipeline.Analyze(_image, cancellationToken: TestContext.Current.CancellationToken);

        GrayImage seen = Assert.Single(classifier.Seen);
        for (int i = 0; i < seen.Pixels.Length; i++)
        {
            Assert.Equal(report.Lungs![i % 40, i / 40] ? _image.Pixels[i] : 0, seen.Pixels[i]);
        }

        Assert.Same(_image, report.Image);
        Assert.All(report.Map!.Values.ToArray(), static value => Assert.Equal(1, value));
    }

    [Fact]
    public void CroppedTheMapComesBackToItsPlaceInTheImage()
    {
        StandClassifier classifier = new(Stand.Card(LungHandling.Crop));
        using CxrPipeline pipeline = new(new StandDecoder(), classifier, Segmenter());

        CxrReport report = pipeline.Analyze(_image, cancellationToken: TestContext.Current.CancellationToken);

        // The lungs' box of 20 x 10 with a margin of 5 % of its longer side: one pixel all round.
        GrayImage seen = Assert.Single(classifier.Seen);
        Assert.Equal((22, 12), (seen.Width, seen.Height));
        Assert.Equal(_image.Pixels[(4 * 40) + 9], seen.Pixels[0]);
        Assert.Equal((40, 20), (report.Map!.Width, report.Map.Height));
        for (int i = 0; i < report.Map.Values.Length; i++)
        {
            bool inside = i % 40 is >= 9 and < 31 && i / 40 is >= 4 and < 16;
            Assert.Equal(inside ? 1 : 0, report.Map.Values[i], 1e-6);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TheNetworksOwnMapLiesOnTheWholeImageToo(bool explained)
    {
        using CxrPipeline pipeline = new(new StandDecoder(), new StandClassifier(Stand.Card(LungHandling.Crop)), Segmenter(), explained ? new StandExplanation() : null);

        CxrReport report = pipeline.Analyze(_image, cancellationToken: TestContext.Current.CancellationToken);

        Heatmap own = report.Prediction.Map!;
        Assert.Equal((2, 2, 40, 20), (own.Width, own.Height, own.ImageWidth, own.ImageHeight));
        Assert.Equal(new PixelRegion(9, 4, 22, 12), own.Region);
        Assert.Equal(report.Map!.Values.ToArray().Select(static v => v != 0), own.ToImageSize().Values.ToArray().Select(static v => v != 0));
    }

    [Theory]
    [InlineData(LungHandling.Apply)]
    [InlineData(LungHandling.Crop)]
    public void AModelThatNeedsLungsIsRefusedWithoutASegmenter(LungHandling handling)
    {
        using StandClassifier classifier = new(Stand.Card(handling));

        CxrModelException e = Assert.Throws<CxrModelException>(() => new CxrPipeline(new StandDecoder(), classifier));

        Assert.Contains("segmenter", e.Message, StringComparison.Ordinal);
        Assert.Equal("stand-1", e.ModelId);
    }

    private static StandSegmenter Segmenter() => new(static image => Stand.Mask(image.Width, image.Height, 10, 5, 30, 15));
}
