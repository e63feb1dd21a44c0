using CxrNet.Conformance;

namespace CxrNet.Onnx.Tests;

/// <summary>A model of many layers, so that a call is under way for long.</summary>
public sealed class StoppingARun
{
    private static readonly TinyOnnx Slow = TinyOnnx.For(ConformanceCards.Classifier with
    {
        Input = new CardInput { Height = 128, Width = 128, Normalization = InputNormalization.PerImage },
    }) with
    { SlowLayers = 40 };

    [Fact]
    public async Task CancellationEndsTheForwardPassItself()
    {
        using OnnxClassifier classifier = OnnxClassifier.Load(Slow.ToBytes(), new OnnxOptions { MaxBatch = 16 });
        using CancellationTokenSource source = new();
        Task<IReadOnlyList<CxrPrediction>> call = Task.Run(() => classifier.Classify(ConformanceImages.Several(16), source.Token), TestContext.Current.CancellationToken);
        await Task.Delay(50, TestContext.Current.CancellationToken);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task DisposalLetsTheForwardPassFinishAndEndsTheCall()
    {
        OnnxClassifier classifier = OnnxClassifier.Load(Slow.ToBytes(), new OnnxOptions { MaxBatch = 1 });
        Task<IReadOnlyList<CxrPrediction>> call = Task.Run(() => classifier.Classify(ConformanceImages.Several(200), TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        await Task.Delay(50, TestContext.Current.CancellationToken);
        classifier.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => call);
    }
}
