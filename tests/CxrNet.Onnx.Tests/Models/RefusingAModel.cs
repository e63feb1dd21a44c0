using CxrNet.Conformance;

namespace CxrNet.Onnx.Tests;

/// <summary>A graph that does not do what its card says. Each refusal is one line that names the model, what was found and what was expected.</summary>
public sealed class RefusingAModel
{
    private static readonly CxrModelCard Card = ConformanceCards.Classifier;
    private static readonly TinyOnnx Tiny = TinyOnnx.For(Card);

    [Fact]
    public void LogitsInDoublePrecision() => Assert.Contains(
        "is Double, Float was expected",
        Refusal.Of(() => OnnxClassifier.Load((Tiny with { IsDouble = true, HasMap = false, Card = Card with { Outputs = new CardOutputs() } }).ToBytes())),
        StringComparison.Ordinal);

    [Fact]
    public void ACardWithMoreFindingsThanTheNetworkHas() => Assert.Contains(
        "[1, 3] at 'logits', its card lists 4 findings",
        Refusal.Of(() => OnnxClassifier.Load((Tiny with { Outputs = 3 }).ToBytes())),
        StringComparison.Ordinal);

    [Fact]
    public void ACardThatNamesAMapWhichIsNotThere() => Assert.Contains(
        "has the outputs 'logits', its card names 'map'",
        Refusal.Of(() => OnnxClassifier.Load((Tiny with { HasMap = false }).ToBytes())),
        StringComparison.Ordinal);

    [Fact]
    public void ACardThatNamesLogitsWhichAreNotThere() => Assert.Contains(
        "its card names 'logits'",
        Refusal.Of(() => OnnxClassifier.Load((Tiny with { HasLogits = false }).ToBytes())),
        StringComparison.Ordinal);

    [Fact]
    public void ACardWithAnotherInputSize() => Assert.Contains(
        "takes [n, 1, 48, 48] at 'input', its card says [n, 1, 32, 32]",
        Refusal.Of(() => OnnxClassifier.Load((Tiny with { Side = 48 }).ToBytes())),
        StringComparison.Ordinal);

    [Fact]
    public void ACardWithAnotherInputName() => Assert.Contains(
        "has the inputs 'input', its card names one, 'image'",
        Refusal.Of(() => OnnxClassifier.Load((Tiny with { Card = Card with { Input = Card.Input with { Name = "image" } } }).ToBytes())),
        StringComparison.Ordinal);

    [Fact]
    public void ASegmenterThatIsLoadedAsAClassifier() => Assert.Contains(
        "says LungSegmentation, Classification was asked for",
        Refusal.Of(() => OnnxClassifier.Load(TinyOnnx.For(ConformanceCards.LungSegmenter).ToBytes())),
        StringComparison.Ordinal);

    [Fact]
    public void WeightsThatAreNoNumbers() => Assert.Contains(
        "no finite numbers",
        Refusal.Of(() => OnnxClassifier.Load((Tiny with { Weight = float.NaN }).ToBytes())),
        StringComparison.Ordinal);

    [Fact]
    public void OptionsThatCannotBeAreTheCallersMistake()
    {
        Assert.ThrowsAny<ArgumentException>(() => OnnxClassifier.Load(Tiny.ToBytes(), new OnnxOptions { MaxBatch = 0 }));
        Assert.ThrowsAny<ArgumentException>(() => OnnxClassifier.Load(Tiny.ToBytes(), new OnnxOptions { IntraOpThreads = -1 }));
    }
}
