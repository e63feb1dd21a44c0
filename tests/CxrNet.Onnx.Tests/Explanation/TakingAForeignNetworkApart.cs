using System.Numerics.Tensors;
using CxrNet.Conformance;

namespace CxrNet.Onnx.Tests;

public sealed class TakingAForeignNetworkApart : IDisposable
{
    private static readonly CxrModelCard Card = ConformanceCards.Classifier;
    private static readonly TinyOnnx Half = TinyOnnx.For(Card) with { IsHalf = true };
    private readonly string _folder = Directory.CreateTempSubdirectory("cxrnet-foreign-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ALayerNormalisationBehindThePoolingIsNoPooling()
    {
        byte[] file = (TinyOnnx.For(Card) with { NormalizesPooled = true }).ToBytes();
        Assert.Equal("features", OnnxFeatures.Find(file));
        using OnnxFeatureModel model = OnnxFeatureModel.Load(file);
        Assert.Equal((4, 32, 32), (model.Channels, model.Height, model.Width));
    }

    [Theory]
    [InlineData(new[] { 2, 3 }, null)]
    [InlineData(new[] { -1, -2 }, null)]
    [InlineData(new[] { 3 }, new[] { 2 })]
    [InlineData(new[] { 1 }, null, "deep")]
    [InlineData(new[] { -3 }, new[] { 3 }, "deep")]
    public void AMeanOverRowsAndColumnsIsAPooling(int[] first, int[]? second, string planes = "late")
    {
        // deep -> MaxPool -> Relu (late) -> one or two means -> MatMul.
        OnnxAttribute Axes(int[] axes) => new("axes") { Ints = [.. axes.Select(a => (long)a)] };
        ProtobufMessage graph = new ProtobufMessage()
            .Copy(OnnxNode.Create("Relu", "a", ["x"], "deep").Raw.Span)
            .Copy(OnnxNode.Create("MaxPool", "b", ["deep"], "pooled").Raw.Span)
            .Copy(OnnxNode.Create("Relu", "c", ["pooled"], "late").Raw.Span)
            .Copy(OnnxNode.Create("ReduceMean", "d", ["late"], "mean", Axes(first)).Raw.Span)
            .Copy(OnnxNode.Create(second is null ? "Identity" : "ReduceMean", "e", ["mean"], "means", second is null ? [] : [Axes(second)]).Raw.Span)
            .Copy(OnnxNode.Create("MatMul", "f", ["means", "weight"], "logits").Raw.Span);
        Assert.Equal(planes, OnnxFeatures.Find(new ProtobufMessage().Message(7, graph).Bytes.ToArray()));
    }

    [Fact]
    public void AGuessOfASingleCellIsRefusedAndANameIsNot()
    {
        byte[] file = (TinyOnnx.For(Card) with { PoolsTwice = true }).ToBytes();
        Assert.Contains("'pooled', which its last pooling reads, has 1 x 1 cells", Assert.Throws<CxrModelException>(() => OnnxFeatureModel.Load(file)).Message, StringComparison.Ordinal);
        using OnnxFeatureModel named = OnnxFeatureModel.Load(file, features: "features"), single = OnnxFeatureModel.Load(file, features: "pooled");
        Assert.Equal((32, 1), (named.Height, single.Height));
        string path = (TinyOnnx.For(Card) with { Card = null, PoolsTwice = true }).Save(_folder);
        OnnxCardDraft draft = OnnxCardDraft.From(path);
        Assert.Null(draft.Card.Outputs.Features);
        Assert.Contains(draft.Remarks, r => r.Contains("'pooled' [1, 4, 1, 1], no planes", StringComparison.Ordinal));
    }

    [Fact]
    public void PlanesThatTheLogitsDoNotDependOnAreRefused() =>
        Assert.Contains("'logits' does not depend on 'map'", Assert.Throws<CxrModelException>(() => OnnxFeatureModel.Load(TinyOnnx.For(Card).ToBytes(), features: "map")).Message, StringComparison.Ordinal);

    [Fact]
    public void ACardOfAnotherInputOrOtherFindingsIsRefusedWhereTheModelIsLoaded()
    {
        byte[] file = (TinyOnnx.For(Card) with { Card = null }).ToBytes();
        OnnxFeatureModel Load(CxrModelCard card) => OnnxFeatureModel.Load(file, new OnnxOptions { Card = card });
        Assert.Contains("its card names one, 'image'", Assert.Throws<CxrModelException>(() => Load(Card with { Input = Card.Input with { Name = "image" } })).Message, StringComparison.Ordinal);
        Assert.Contains("its card lists 2 findings", Assert.Throws<CxrModelException>(() => Load(Card with { Findings = [.. Card.Findings.Take(2)] })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ScoreCamBearsLogitsBeyondTheRangeOfExp()
    {
        using OnnxFeatureModel model = OnnxFeatureModel.Load((TinyOnnx.For(Card) with { Weight = 100 }).ToBytes());
        using ScoreCamMap method = new(model);
        GrayImage image = new(32, 32, [.. Enumerable.Range(0, 1024).Select(static i => (i % 37) / 37f)]);
        Assert.True(TensorPrimitives.IsFiniteAll(Assert.Single(method.Explain([image], cancellationToken: Token)).Values));
    }

    // By its mean, a head is linear for any one image, with other weights for each.
    [Theory, InlineData("cam", false), InlineData("hirescam", false), InlineData("cam", true), InlineData("hirescam", true)]
    public void AHeadThatMultipliesByTheImageHasNoWeightsOfItsOwn(string method, bool byItsMean)
    {
        using OnnxFeatureModel model = OnnxFeatureModel.Load((TinyOnnx.For(Card) with { IsGated = !byItsMean, IsDimmed = byItsMean }).ToBytes(), features: "features");
        Assert.Contains("no mean over each plane and a linear layer", Assert.Throws<CxrModelException>(() => OnnxExplanations.Create(method, model, cancellationToken: Token)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PlanesOfManyCellsAreNoMatterForEigenCamAndRefusedByKpcaCam()
    {
        CxrModelCard large = Card with { Input = Card.Input with { Height = 96, Width = 96 } };
        using OnnxFeatureModel model = OnnxFeatureModel.Load(TinyOnnx.For(large).ToBytes());
        using EigenCamMap eigen = new(model);
        using KpcaCamMap kernel = new(model);

        Assert.Equal((96, 96), (eigen.Explain([ConformanceImages.Make(4)], default, Token)[0].Width, model.Height));
        Assert.Contains("'features' of 'conformance-classifier-1' has 96 x 96 cells", Assert.Throws<CxrModelException>(() => kernel.Explain([ConformanceImages.Make(4)], default, Token)).Message, StringComparison.Ordinal);
    }

    [Theory, InlineData("cam"), InlineData("hirescam"), InlineData("eigencam"), InlineData("scorecam"), InlineData("ablationcam"), InlineData("reciprocam")]
    public void FeaturesInHalfPrecisionGiveTheMapsOfSinglePrecision(string method)
    {
        using OnnxFeatureModel half = OnnxFeatureModel.Load(Half.ToBytes()), single = OnnxFeatureModel.Load(TinyOnnx.For(Card).ToBytes());
        using IExplanationMap a = OnnxExplanations.Create(method, half, cancellationToken: Token), b = OnnxExplanations.Create(method, single, cancellationToken: Token);
        float[] found = a.Explain([ConformanceImages.Make(4)], Card.Findings[0].Name, Token)[0].Values.ToArray(), expected = b.Explain([ConformanceImages.Make(4)], Card.Findings[0].Name, Token)[0].Values.ToArray();
        float greatest = expected.Max(Math.Abs);
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 0.05 * greatest));
    }

    [Fact]
    public void AnOutputInHalfPrecisionLeavesThroughACastAndTheFileIsTakenApartAsBefore()
    {
        byte[] added = OnnxFeatures.AddOutput(Half.ToBytes(), "features");
        Assert.Equal("features_float32", CxrModelCardJson.Parse(OnnxManifest.Read(added).Metadata[CxrModelCardJson.MetadataKey], "t").Outputs.Features);
        using OnnxClassifier before = OnnxClassifier.Load(Half.ToBytes()), after = OnnxClassifier.Load(added);
        GrayImage image = ConformanceImages.Make(4);
        Assert.Equal(before.Classify(image, Token).Logits, after.Classify(image, Token).Logits);

        // The head hangs on what the cast was made of, not on the cast.
        using OnnxFeatureModel whole = OnnxFeatureModel.Load(Half.ToBytes()), taken = OnnxFeatureModel.Load(added);
        Assert.Equal("features", taken.FeatureTensor);
        using ReciproCamMap expected = new(whole), found = new(taken);
        Assert.Equal(expected.Explain([image], default, Token)[0].Values.ToArray(), found.Explain([image], default, Token)[0].Values.ToArray());
        Assert.Equal(added, OnnxFeatures.AddOutput(added, "features"));
    }

    [Fact]
    public void ACardIsDraftedInHalfPrecisionToo()
    {
        OnnxCardDraft draft = OnnxCardDraft.From((Half with { Card = null }).Save(_folder));
        Assert.Equal("features", draft.Card.Outputs.Features);
    }
}
