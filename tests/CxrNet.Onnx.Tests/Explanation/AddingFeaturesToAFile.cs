using CxrNet.Conformance;

namespace CxrNet.Onnx.Tests;

public sealed class AddingFeaturesToAFile
{
    private static readonly CxrModelCard Card = ConformanceCards.Classifier;

    [Fact]
    public void ThePlanesBeforeTheLastPoolingAreFoundAndNamedInTheCard()
    {
        byte[] file = TinyOnnx.For(Card).ToBytes();
        Assert.Equal("features", OnnxFeatures.Find(file));
        byte[] added = OnnxFeatures.AddOutput(file, "features");
        OnnxManifest manifest = OnnxManifest.Read(added);
        Assert.Equal("features", CxrModelCardJson.Parse(manifest.Metadata[CxrModelCardJson.MetadataKey], "t").Outputs.Features);
        using OnnxFeatureModel model = OnnxFeatureModel.Load(added);
        Assert.Equal(("features", 4, 32, 32), (model.FeatureTensor, model.Channels, model.Height, model.Width));
        Assert.Equal(added, OnnxFeatures.AddOutput(added, "features"));
    }

    [Fact]
    public void TheFileScoresAsBefore()
    {
        byte[] file = TinyOnnx.For(Card).ToBytes();
        using OnnxClassifier before = OnnxClassifier.Load(file), after = OnnxClassifier.Load(OnnxFeatures.AddOutput(file, "features"));
        GrayImage image = ConformanceImages.Make(4);
        Assert.Equal(before.Classify(image, TestContext.Current.CancellationToken).Logits, after.Classify(image, TestContext.Current.CancellationToken).Logits);
    }

    [Fact]
    public void ATensorThatIsNotThereIsTheCallersMistake()
    {
        byte[] file = TinyOnnx.For(Card).ToBytes();
        Assert.Contains("'nowhere'", Assert.Throws<ArgumentException>(() => OnnxFeatures.AddOutput(file, "nowhere")).Message, StringComparison.Ordinal);
        Assert.Contains("'nowhere'", Assert.Throws<CxrModelException>(() => OnnxFeatureModel.Load(file, features: "nowhere")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsNoPlaneIsRefused() =>
        Assert.Contains("[1, 4]", Assert.Throws<CxrModelException>(() => OnnxFeatureModel.Load(TinyOnnx.For(Card).ToBytes(), features: "flat")).Message, StringComparison.Ordinal);

    [Fact]
    public void BytesThatAreNoModelAreNoModel() => Assert.Throws<InvalidDataException>(() => OnnxFeatures.Find([1, 2, 3]));

    [Fact]
    public void AHeadWithAHiddenLayerHasNoWeightsToTake()
    {
        using GoldenNetwork net = new("netB");
        CxrModelException error = Assert.Throws<CxrModelException>(() => new CamMap(net.Features, TestContext.Current.CancellationToken));
        Assert.Contains("linear layer", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryMethodHasAName()
    {
        using OnnxFeatureModel model = OnnxFeatureModel.Load(TinyOnnx.For(Card).ToBytes());
        foreach (string name in OnnxExplanations.Methods.Keys)
        {
            using IExplanationMap map = OnnxExplanations.Create(name, model);
            Assert.Equal(name, map.Method);
        }

        Assert.Contains("reciprocam", Assert.Throws<ArgumentException>(() => OnnxExplanations.Create("magic", model)).Message, StringComparison.Ordinal);
    }
}
