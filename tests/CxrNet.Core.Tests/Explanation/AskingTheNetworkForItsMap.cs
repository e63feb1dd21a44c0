namespace CxrNet.Core.Tests.Explanation;

public sealed class AskingTheNetworkForItsMap
{
    private static readonly GrayImage Image = new(2, 2, new float[4]);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void ItIsThePredictionsOwnMap()
    {
        Heatmap map = new(1, 1, [1], 2, 2) { Method = "network" };
        using NetworkMap explanation = new(new Fake("map", map));
        Assert.Same(map, Assert.Single(explanation.Explain([Image], cancellationToken: Token)));
        Assert.Same(map, Assert.Single(explanation.Explain([Image], "covid19", Token)));
        Assert.Equal("network", explanation.Method);
    }

    [Fact]
    public void AMapThatABackendForgotToNameIsTheNetworksOwnAllTheSame()
    {
        using NetworkMap explanation = new(new Fake("map", new Heatmap(1, 1, [0.2f], 2, 2, new PixelRegion(0, 0, 1, 2))));
        Heatmap map = Assert.Single(explanation.Explain([Image], cancellationToken: Token));
        Assert.Equal(("network", new PixelRegion(0, 0, 1, 2)), (map.Method, map.Region));
        Assert.Same(map, map.ToEvidence());
    }

    [Fact]
    public void AModelWithoutAMapIsRefused() => Assert.Contains("has no map of its own", Assert.Throws<CxrModelException>(() => new NetworkMap(new Fake(null, null))).Message, StringComparison.Ordinal);

    [Fact]
    public void AMapThatTheCardPromisedMustCome()
    {
        using NetworkMap explanation = new(new Fake("map", null));
        Assert.Contains("without one", Assert.Throws<CxrModelException>(() => explanation.Explain([Image], cancellationToken: Token)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnImageWhoseFindingsWereWithheldIsNamedWithTheReason()
    {
        using NetworkMap explanation = new(new GuardedClassifier(new Fake("map", new Heatmap(1, 1, [1], 2, 2)), new GuardOptions { Unlike = false, MinSide = 3 }));
        string message = Assert.Throws<CxrModelException>(() => explanation.Explain([Image], cancellationToken: Token)).Message;
        Assert.Contains("Image 0 has no map: the findings of 'fake' were withheld", message, StringComparison.Ordinal);
        Assert.Contains("2 x 2 pixels", message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnUnknownFindingIsNamedWithTheKnownOnes()
    {
        using NetworkMap explanation = new(new Fake("map", null));
        Assert.Contains("'flu'; it has normal, covid19", Assert.Throws<ArgumentException>(() => explanation.Explain([Image], "flu", Token)).Message, StringComparison.Ordinal);
    }

    private sealed class Fake(string? output, Heatmap? map) : ICxrClassifier
    {
        public CxrModelCard Card { get; } = new()
        {
            Id = "fake",
            Input = new CardInput { Width = 1, Height = 1 },
            Findings = [new("normal"), new("covid19"), new("")],
            Outputs = new CardOutputs { Map = output },
        };

        public IReadOnlyList<CxrPrediction> Classify(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken = default) =>
            [.. images.Select(_ => new CxrPrediction { ModelId = "fake", Findings = [new("normal", 1, 0.5f)], Logits = [1], Map = map })];

        public void Dispose()
        {
        }
    }
}
