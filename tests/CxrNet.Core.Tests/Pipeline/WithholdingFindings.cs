namespace CxrNet.Core.Tests.Pipeline;

public sealed class WithholdingFindings
{
    [Fact]
    public void AnUnlikeImageKeepsItsFindingsUnlessTheyAreToBeWithheld()
    {
        using CxrPipeline warning = new(new NoDecoder(), new Distant(1.5f));
        CxrReport warned = warning.Analyze(Stand.Ramp(4, 4), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(2, warned.Prediction.Findings.Count);
        Assert.NotNull(warned.Map);

        using CxrPipeline abstaining = new(new NoDecoder(), new Distant(1.5f), options: new CxrPipelineOptions { AbstainWhenUnlike = true });
        CxrReport withheld = abstaining.Analyze(Stand.Ramp(4, 4), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Empty(withheld.Prediction.Findings);
        Assert.Empty(withheld.Prediction.Logits);
        Assert.Null(withheld.Map);
        Assert.True(withheld.Prediction.IsUndecided);
        Assert.Contains("withheld", Assert.Throws<InvalidOperationException>(() => withheld.Prediction.Top).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnImageWithinTheLimitIsReportedInFull()
    {
        using CxrPipeline abstaining = new(new NoDecoder(), new Distant(0.9f), options: new CxrPipelineOptions { AbstainWhenUnlike = true });
        Assert.Equal("covid19", abstaining.Analyze(Stand.Ramp(4, 4), cancellationToken: TestContext.Current.CancellationToken).Prediction.Top.Name);
    }

    [Fact]
    public void AModelThatCannotTellSaysThatNothingIsWithheld()
    {
        CxrReport Report(ICxrClassifier classifier, bool abstain)
        {
            using CxrPipeline pipeline = new(new NoDecoder(), classifier, options: new CxrPipelineOptions { AbstainWhenUnlike = abstain });
            return pipeline.Analyze(Stand.Ramp(4, 4), cancellationToken: TestContext.Current.CancellationToken);
        }

        CxrReport report = Report(new StandClassifier(Stand.Card()), abstain: true);
        Assert.False(report.Prediction.IsWithheld);
        Assert.Contains("'stand-1' was made with, so AbstainWhenUnlike withholds nothing: its card has no guard", Assert.Single(report.Prediction.Warnings), StringComparison.Ordinal);
        Assert.Empty(Report(new StandClassifier(Stand.Card()), abstain: false).Prediction.Warnings);
        Assert.Empty(Report(new Distant(0.9f), abstain: true).Prediction.Warnings);
    }

    [Theory]
    [InlineData(true, "the findings of 'stand-1' were withheld")]
    [InlineData(false, "no explanation method")]
    public void AMapThatIsNotThereSaysWhy(bool withheld, string reason)
    {
        using CxrPipeline pipeline = new(new NoDecoder(), withheld ? new Distant(1.5f) : new StandClassifier(Stand.Card(), withMap: false), options: new CxrPipelineOptions { AbstainWhenUnlike = withheld });
        CxrReport report = pipeline.Analyze(Stand.Ramp(4, 4), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Contains(reason, Assert.Throws<InvalidOperationException>(() => report.RenderOverlay()).Message, StringComparison.Ordinal);
    }

    private sealed class Distant(float distance) : ICxrClassifier
    {
        private readonly StandClassifier _inner = new(Stand.Card());

        public CxrModelCard Card => _inner.Card;

        public IReadOnlyList<CxrPrediction> Classify(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken = default) =>
            [.. _inner.Classify(images, cancellationToken).Select(p => p with { Distance = distance })];

        public void Dispose() => _inner.Dispose();
    }

    private sealed class NoDecoder : IRadiographDecoder
    {
        public bool CanDecode(ReadOnlySpan<byte> header) => false;

        public DecodedImage Decode(ReadOnlyMemory<byte> data, DecodeLimits? limits = null) => throw new NotSupportedException();
    }
}
