using CxrNet.Conformance;

namespace CxrNet.Onnx.Tests;

public sealed class RunningImagesTogether
{
    private static readonly CxrModelCard Card = ConformanceCards.Classifier;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, InlineData(null), InlineData(2)]
    public void ImagesOfOneCallGoThroughInBatchesAndGetTheMapsOfEachAlone(int? fixedBatch)
    {
        using OnnxFeatureModel model = OnnxFeatureModel.Load((TinyOnnx.For(Card) with { Batch = fixedBatch }).ToBytes(), new OnnxOptions { MaxBatch = 3 });
        GrayImage[] images = [.. Enumerable.Range(0, 7).Select(i => ConformanceImages.Make(i))];
        foreach (string method in OnnxExplanations.Methods.Keys)
        {
            using IExplanationMap map = OnnxExplanations.Create(method, model, cancellationToken: Token);
            IReadOnlyList<Heatmap> together = map.Explain(images, default, Token);
            for (int i = 0; i < images.Length; i++)
            {
                Heatmap alone = map.Explain([images[i]], default, Token)[0];
                Assert.Equal(alone.Finding, together[i].Finding);
                float greatest = alone.Values.ToArray().Max(Math.Abs);
                Assert.All(alone.Values.ToArray().Zip(together[i].Values.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-4 * greatest));
            }
        }
    }

    [Fact]
    public void ANetworkThatGivesNoNumbersGivesNoMap()
    {
        using OnnxFeatureModel model = OnnxFeatureModel.Load((TinyOnnx.For(Card) with { Weight = float.NaN }).ToBytes());
        using FemMap map = new(model);
        Assert.Contains("finite number", Assert.Throws<CxrModelException>(() => map.Explain([ConformanceImages.Make(0)], default, Token)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AHeadIsAskedInPartsAndItsWeightsAreKept()
    {
        using OnnxFeatureModel model = OnnxFeatureModel.Load(TinyOnnx.For(Card).ToBytes());
        using CancellationTokenSource stop = new();
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => new CamMap(model, stop.Token));

        // What was stopped is asked for again.
        using CamMap map = new(model, Token);
        Assert.Single(map.Explain([ConformanceImages.Make(0)], default, Token));
        Assert.Same(model.LinearHead(Token), model.LinearHead(stop.Token));
    }

    [Theory, InlineData("scorecam"), InlineData("ablationcam"), InlineData("reciprocam")]
    public void AMethodThatIsMadeByNameTellsHowFarItIs(string method)
    {
        List<ExplanationProgress> told = [];
        using OnnxFeatureModel model = OnnxFeatureModel.Load(TinyOnnx.For(Card).ToBytes());
        using IExplanationMap map = OnnxExplanations.Create(method, model, new Teller(told), Token);
        map.Explain([ConformanceImages.Make(0)], default, Token);
        Assert.Equal(told[^1].Total, told[^1].Done);
    }

    private sealed class Teller(List<ExplanationProgress> told) : IProgress<ExplanationProgress>
    {
        public void Report(ExplanationProgress value) => told.Add(value);
    }
}
