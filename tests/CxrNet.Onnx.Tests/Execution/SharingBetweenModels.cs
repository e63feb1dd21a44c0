using System.Runtime.CompilerServices;
using CxrNet.Conformance;

namespace CxrNet.Onnx.Tests.Execution;

public sealed class SharingBetweenModels
{
    private static readonly TinyOnnx Tiny = TinyOnnx.For(ConformanceCards.Classifier);
    private static readonly GrayImage Image = ConformanceImages.Make(1);

    // The threads are made with the process's environment, so before any test.
    [ModuleInitializer]
    internal static void StartThreads() => OnnxSharedThreads.Start(threads: 2);

    [Fact]
    public void ModelsOnSharedThreadsGiveTheSameNumbers()
    {
        using OnnxClassifier own = OnnxClassifier.Load(Tiny.ToBytes());
        using OnnxClassifier first = OnnxClassifier.Load(Tiny.ToBytes(), new OnnxOptions { UseSharedThreads = true });
        using OnnxClassifier second = OnnxClassifier.Load(Tiny.ToBytes(), new OnnxOptions { UseSharedThreads = true });
        IReadOnlyList<float> expected = own.Classify(Image, TestContext.Current.CancellationToken).Logits;
        Assert.Equal(expected, first.Classify(Image, TestContext.Current.CancellationToken).Logits);
        Assert.Equal(expected, second.Classify(Image, TestContext.Current.CancellationToken).Logits);
    }

    [Fact]
    public void StartingThreadsTwiceSaysThatItIsTooLate()
    {
        Assert.True(OnnxSharedThreads.AreStarted);
        Assert.Contains("before the first model", Assert.Throws<InvalidOperationException>(() => OnnxSharedThreads.Start()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SharedWeightsOutliveTheModelThatBroughtThem()
    {
        OnnxOptions options = new() { ShareWeights = true };
        OnnxClassifier first = OnnxClassifier.Load(Tiny.ToBytes(), options);
        IReadOnlyList<float> expected = first.Classify(Image, TestContext.Current.CancellationToken).Logits;
        using OnnxClassifier second = OnnxClassifier.Load(Tiny.ToBytes(), options);
        first.Dispose();
        Assert.Equal(expected, second.Classify(Image, TestContext.Current.CancellationToken).Logits);
        using OnnxClassifier third = OnnxClassifier.Load(Tiny.ToBytes(), options);
        Assert.Equal(expected, third.Classify(Image, TestContext.Current.CancellationToken).Logits);
    }

    [Fact]
    public void AnotherModelsWeightsAreItsOwn()
    {
        OnnxOptions options = new() { ShareWeights = true };
        using OnnxClassifier first = OnnxClassifier.Load(Tiny.ToBytes(), options);
        using OnnxClassifier other = OnnxClassifier.Load((Tiny with { Seed = 2 }).ToBytes(), options);
        Assert.NotEqual(first.Classify(Image, TestContext.Current.CancellationToken).Logits, other.Classify(Image, TestContext.Current.CancellationToken).Logits);
    }
}
