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
