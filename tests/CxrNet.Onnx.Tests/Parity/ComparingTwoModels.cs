using CxrNet.Conformance;

namespace CxrNet.Onnx.Tests;

public sealed class ComparingTwoModels
{
    private static readonly TinyOnnx Tiny = TinyOnnx.For(ConformanceCards.Classifier);

    [Fact]
    public void AModelAgreesWithItself()
    {
        using OnnxClassifier first = OnnxClassifier.Load(Tiny.ToBytes());
        using OnnxClassifier second = OnnxClassifier.Load(Tiny.ToBytes());
        ModelParity parity = ModelParity.Compare(first, second, ConformanceImages.Several(4), TestContext.Current.CancellationToken);
        Assert.Equal(4, parity.Images);
        Assert.Equal(0, parity.MaxLogitDifference);
        Assert.Equal(0, parity.MaxProbabilityDifference);
        Assert.Equal(0, parity.MaxMapDifference);
        Assert.Equal(1, parity.LogitCorrelation);
        Assert.Equal((0, 0), (parity.TopFlips, parity.DecisionFlips));
    }

    [Fact]
    public void TheFiguresAreThoseOfThePlainFormulas()
    {
        using OnnxClassifier first = OnnxClassifier.Load(Tiny.ToBytes());
        using OnnxClassifier second = OnnxClassifier.Load((Tiny with { Seed = 2 }).ToBytes());
        GrayImage[] images = ConformanceImages.Several(6);
        IReadOnlyList<CxrPrediction> a = first.Classify(images, TestContext.Current.CancellationToken);
        IReadOnlyList<CxrPrediction> b = second.Classify(images, TestContext.Current.CancellationToken);
        ModelParity parity = ModelParity.Compare(a, b);
        (CxrPrediction A, CxrPrediction B)[] pairs = [.. a.Zip(b)];
        Assert.Equal(pairs.Max(p => p.A.Logits.Zip(p.B.Logits, (x, y) => Math.Abs(x - y)).Max()), parity.MaxLogitDifference);
        Assert.Equal(pairs.Max(p => p.A.Findings.Zip(p.B.Findings, (x, y) => Math.Abs(x.Probability - y.Probability)).Max()), parity.MaxProbabilityDifference);
        Assert.Equal(pairs.Max(p => p.A.Map!.Values.ToArray().Zip(p.B.Map!.Values.ToArray(), (x, y) => Math.Abs(x - y)).Max()), parity.MaxMapDifference);
        Assert.Equal(pairs.Count(p => p.A.Top.Name != p.B.Top.Name), parity.TopFlips);
        Assert.Equal(pairs.Sum(p => p.A.Findings.Zip(p.B.Findings).Count(f => f.First.IsPositive != f.Second.IsPositive)), parity.DecisionFlips);
        Assert.InRange(parity.LogitCorrelation, -1, 1);
    }

    [Fact]
    public void OtherFindingsAreNotCompared()
    {
        CxrModelCard other = ConformanceCards.Classifier with { Findings = [.. ConformanceCards.Classifier.Findings.Reverse()] };
        using OnnxClassifier first = OnnxClassifier.Load(Tiny.ToBytes());
        using OnnxClassifier second = OnnxClassifier.Load(TinyOnnx.For(other).ToBytes());
        Assert.Throws<ArgumentException>(() => ModelParity.Compare(first, second, ConformanceImages.Several(2), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void NothingCannotBeCompared() => Assert.Throws<ArgumentException>(() => ModelParity.Compare([], []));
}
