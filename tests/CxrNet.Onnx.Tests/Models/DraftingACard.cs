using CxrNet.Conformance;

namespace CxrNet.Onnx.Tests;

public sealed class DraftingACard
{
    private static readonly TinyOnnx Tiny = TinyOnnx.For(ConformanceCards.Classifier) with { Card = null, HasMap = false };

    [Fact]
    public void ADraftRunsAsItIsAndWarnsThatItIsOne()
    {
        using TemporaryFolder folder = new();
        string path = Tiny.Save(folder.Path);
        OnnxCardDraft draft = OnnxCardDraft.From(path);
        File.WriteAllText(folder.File("tiny.card.json"), draft.Card.ToJson());
        using OnnxClassifier classifier = OnnxClassifier.Load(path);
        CxrPrediction prediction = classifier.Classify(ConformanceImages.Make(1), TestContext.Current.CancellationToken);
        Assert.Equal(4, prediction.Findings.Count);
        Assert.Contains(prediction.Warnings, static w => w.Contains("nobody has confirmed", StringComparison.Ordinal) && w.Contains("findings", StringComparison.Ordinal));
        Assert.All(draft.Card.Guesses, g => Assert.Contains(draft.Remarks, r => r.Contains(g.Split('.')[^1], StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Softmax", FindingActivation.Softmax)]
    [InlineData("Sigmoid", FindingActivation.Sigmoid)]
    public void LogitsAreTakenFromBeforeTheActivationThatTheGraphEndsIn(string end, FindingActivation activation)
    {
        using TemporaryFolder folder = new();
        string path = (Tiny with { End = end }).Save(folder.Path);
        CxrModelCard card = OnnxCardDraft.From(path).Card;
        Assert.Equal(("logits", activation), (card.Outputs.Logits, card.Activation));
        Assert.DoesNotContain("activation", card.Guesses);

        using OnnxClassifier whole = OnnxClassifier.Load(path, new OnnxOptions { Card = card });
        using OnnxClassifier plain = OnnxClassifier.Load(Tiny.ToBytes(), new OnnxOptions { Card = card });
        GrayImage image = ConformanceImages.Make(3);
        Assert.Equal(plain.Classify(image, TestContext.Current.CancellationToken).Logits, whole.Classify(image, TestContext.Current.CancellationToken).Logits);
    }

    // A converter to half precision leaves single precision at the ends, by casts.
    [Theory]
    [InlineData("Softmax", FindingActivation.Softmax)]
    [InlineData("Sigmoid", FindingActivation.Sigmoid)]
    public void AnActivationInHalfPrecisionIsSeenBehindItsCast(string end, FindingActivation activation)
    {
        using TemporaryFolder folder = new();
        string path = (Tiny with { IsHalf = true, EndsInHalf = true, End = end }).Save(folder.Path);
        CxrModelCard card = OnnxCardDraft.From(path).Card;
        Assert.Equal(("singles", activation), (card.Outputs.Logits, card.Activation));

        using OnnxClassifier whole = OnnxClassifier.Load(path, new OnnxOptions { Card = card });
        using OnnxClassifier plain = OnnxClassifier.Load((Tiny with { IsHalf = true }).ToBytes(), new OnnxOptions { Card = card with { Outputs = new CardOutputs { Logits = "logits" } } });
        GrayImage image = ConformanceImages.Make(3);
        Assert.Equal(plain.Classify(image, TestContext.Current.CancellationToken).Logits, whole.Classify(image, TestContext.Current.CancellationToken).Logits);
    }

    [Fact]
    public void ChannelsAtTheEndAreSeen()
    {
        using TemporaryFolder folder = new();
        CxrModelCard card = OnnxCardDraft.From((Tiny with { IsChannelsLast = true, Channels = 3 }).Save(folder.Path)).Card;
        Assert.Equal((TensorLayout.Nhwc, 3, 32, 32), (card.Input.Layout, card.Input.Channels, card.Input.Height, card.Input.Width));
        Assert.DoesNotContain("input.layout", card.Guesses);
    }

    [Fact]
    public void WhatTheGraphLeavesOpenIsAGuess()
    {
        using TemporaryFolder folder = new();
        CxrModelCard card = OnnxCardDraft.From((Tiny with { IsOpen = true }).Save(folder.Path)).Card;
        Assert.Equal((1, 224, 224), (card.Input.Channels, card.Input.Height, card.Input.Width));
        Assert.All((string[])["input.channels", "input.layout", "input.height", "input.width"], field => Assert.Contains(field, card.Guesses));
    }

    [Fact]
    public void ThePlanesBeforeThePoolingAreNamed()
    {
        using TemporaryFolder folder = new();
        Assert.Equal("features", OnnxCardDraft.From(Tiny.Save(folder.Path)).Card.Outputs.Features);
    }

    [Fact]
    public void AFileWithACardInsideNeedsNone()
    {
        using TemporaryFolder folder = new();
        Assert.Contains("has a card inside", Refusal((Tiny with { Card = ConformanceCards.Classifier }).Save(folder.Path)), StringComparison.Ordinal);
    }

    [Fact]
    public void AGraphThatScoresNothingIsRefusedWithWhatItGives()
    {
        using TemporaryFolder folder = new();
        Assert.Contains("'map' [1, 1, 32, 32]", Refusal((Tiny with { HasLogits = false, HasMap = true }).Save(folder.Path)), StringComparison.Ordinal);
    }

    [Fact]
    public void AnInputThatIsCutOffIsAnErrorThatNamesTheFile()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("cut.onnx");
        File.WriteAllBytes(path, DamagedModels.WithACutInput(Tiny));
        Assert.StartsWith($"'{path}' is no ONNX model or is damaged", Refusal(path), StringComparison.Ordinal);
    }

    [Fact]
    public void FiveChannelsAreNoRadiograph()
    {
        using TemporaryFolder folder = new();
        Assert.Contains("5 channels", Refusal((Tiny with { Channels = 5 }).Save(folder.Path)), StringComparison.Ordinal);
    }

    private static string Refusal(string path)
    {
        CxrModelException error = Assert.Throws<CxrModelException>(() => OnnxCardDraft.From(path));
        Assert.DoesNotContain('\n', error.Message);
        return error.Message;
    }
}
