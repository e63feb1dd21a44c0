using CxrNet.Conformance;

namespace CxrNet.Onnx.Tests;

public sealed class LoadingAModel
{
    private static readonly TinyOnnx Tiny = TinyOnnx.For(ConformanceCards.Classifier);

    [Fact]
    public void PathStreamAndBytesGiveTheSameModel()
    {
        using TemporaryFolder folder = new();
        GrayImage image = ConformanceImages.Make(1);
        byte[] bytes = Tiny.ToBytes();
        using MemoryStream stream = new(bytes);
        using OnnxClassifier fromPath = OnnxClassifier.Load(Tiny.Save(folder.Path));
        using OnnxClassifier fromStream = OnnxClassifier.Load(stream);
        using OnnxClassifier fromBytes = OnnxClassifier.Load(bytes);
        IReadOnlyList<float> expected = fromPath.Classify(image, TestContext.Current.CancellationToken).Logits;
        Assert.Equal(expected, fromStream.Classify(image, TestContext.Current.CancellationToken).Logits);
        Assert.Equal(expected, fromBytes.Classify(image, TestContext.Current.CancellationToken).Logits);
    }

    [Fact]
    public void AFileWithTheMarkOfTheEnginesOwnFormatIsReadAsOnnx()
    {
        // Of flatbuffers, ORTM at byte 4 is the mark of that format; here it stands in the middle of a producer's name.
        byte[] plain = Tiny.ToBytes(), marked = [.. new ProtobufMessage().Text(2, "??ORTM").Bytes, .. plain];
        Assert.Equal("ORTM"u8, marked.AsSpan(4, 4));
        using OnnxClassifier expected = OnnxClassifier.Load(plain), actual = OnnxClassifier.Load(marked);
        GrayImage image = ConformanceImages.Make(1);
        Assert.Equal(expected.Classify(image, TestContext.Current.CancellationToken).Logits, actual.Classify(image, TestContext.Current.CancellationToken).Logits);
    }

    [Fact]
    public void TheCardMayLieBesideTheFile()
    {
        using TemporaryFolder folder = new();
        string path = (Tiny with { Card = null }).Save(folder.Path, "third.party.onnx");
        File.WriteAllText(folder.File("third.party.card.json"), (ConformanceCards.Classifier with { Id = "beside" }).ToJson());
        using OnnxClassifier classifier = OnnxClassifier.Load(path);
        Assert.Equal("beside", classifier.Card.Id);
    }

    [Fact]
    public void TheCardInsideComesBeforeTheOneBeside()
    {
        using TemporaryFolder folder = new();
        string path = Tiny.Save(folder.Path);
        File.WriteAllText(folder.File("tiny.card.json"), (ConformanceCards.Classifier with { Id = "beside" }).ToJson());
        using OnnxClassifier classifier = OnnxClassifier.Load(path);
        Assert.Equal(ConformanceCards.Classifier.Id, classifier.Card.Id);
    }

    [Fact]
    public void TheCardOfTheOptionsComesFirst()
    {
        OnnxOptions options = new() { Card = ConformanceCards.Classifier with { Id = "given" } };
        using OnnxClassifier classifier = OnnxClassifier.Load(Tiny.ToBytes(), options);
        Assert.Equal("given", classifier.Card.Id);
    }

    [Fact]
    public void AModelWithoutAMapIsReadForItsScoresAlone()
    {
        CxrModelCard card = ConformanceCards.Classifier with { Outputs = new CardOutputs() };
        using OnnxClassifier classifier = OnnxClassifier.Load(TinyOnnx.For(card).ToBytes());
        Assert.Null(classifier.Classify(ConformanceImages.Make(1), TestContext.Current.CancellationToken).Map);
    }

    [Fact]
    public void AMapThatTheCardDoesNotListIsNotRead()
    {
        CxrModelCard card = ConformanceCards.Classifier with { Outputs = new CardOutputs() };
        using OnnxClassifier classifier = OnnxClassifier.Load((Tiny with { Card = card, HasMap = true }).ToBytes());
        Assert.Null(classifier.Classify(ConformanceImages.Make(1), TestContext.Current.CancellationToken).Map);
    }

    [Fact]
    public void AThreeChannelSigmoidModelRunsFromItsCard()
    {
        CxrModelCard card = ConformanceCards.Classifier with
        {
            Activation = FindingActivation.Sigmoid,
            Temperature = 1,
            Input = new CardInput
            {
                Channels = 3,
                Height = 32,
                Width = 32,
                Geometry = InputGeometry.CenterCrop,
                Normalization = new InputNormalization { Kind = NormalizationKind.MeanStd, Mean = [0.4f, 0.5f, 0.6f], Std = [0.2f, 0.3f, 0.4f] },
            },
        };
        using OnnxClassifier classifier = OnnxClassifier.Load(TinyOnnx.For(card).ToBytes());
        CxrPrediction prediction = classifier.Classify(ConformanceImages.Make(1, 60, 40), TestContext.Current.CancellationToken);
        for (int i = 0; i < prediction.Logits.Count; i++)
        {
            Assert.Equal(1 / (1 + Math.Exp(-prediction.Logits[i])), prediction.Findings[i].Probability, 1e-6);
        }

        Assert.Equal(new PixelRegion(10, 0, 40, 40), prediction.Map!.Region);
    }

    [Fact]
    public void WeightsInTheModelsOwnFolderAreFound()
    {
        using TemporaryFolder folder = new();
        string path = (Tiny with { ExternalLocation = "weights.bin" }).Save(folder.Path);
        File.WriteAllBytes(folder.File("weights.bin"), new byte[4 * 4 * 9]);
        using OnnxClassifier classifier = OnnxClassifier.Load(path);
        Assert.Single(classifier.Classify([ConformanceImages.Make(1)], TestContext.Current.CancellationToken));
    }

    [Fact]
    public void AFileThatWasLoadedIsNotHeldOpen()
    {
        using TemporaryFolder folder = new();
        string path = Tiny.Save(folder.Path);
        using OnnxClassifier classifier = OnnxClassifier.Load(path);
        File.Delete(path);
        Assert.Single(classifier.Classify([ConformanceImages.Make(1)], TestContext.Current.CancellationToken));
    }
}
