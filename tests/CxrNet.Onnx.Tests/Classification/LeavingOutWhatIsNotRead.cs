using CxrNet.Conformance;

namespace CxrNet.Onnx.Tests;

public sealed class LeavingOutWhatIsNotRead
{
    private static readonly TinyOnnx Tiny = TinyOnnx.For(ConformanceCards.Classifier);

    [Fact]
    public void WithoutTheMapTheScoresAreTheSame()
    {
        using OnnxClassifier with = OnnxClassifier.Load(Tiny.ToBytes()), without = OnnxClassifier.Load(Tiny.ToBytes(), new OnnxOptions { ReadMap = false });
        GrayImage[] images = ConformanceImages.Several(3);
        IReadOnlyList<CxrPrediction> expected = with.Classify(images, TestContext.Current.CancellationToken), found = without.Classify(images, TestContext.Current.CancellationToken);
        Assert.All(expected.Zip(found), static pair => Assert.Equal(pair.First.Logits, pair.Second.Logits));
        Assert.All(found, static p => Assert.Null(p.Map));
        Assert.All(expected, static p => Assert.NotNull(p.Map));
    }

    [Fact]
    public void AMapThatIsNotReadNeedNotBeThere()
    {
        using OnnxClassifier classifier = OnnxClassifier.Load((Tiny with { HasMap = false }).ToBytes(), new OnnxOptions { ReadMap = false });
        Assert.Single(classifier.Classify([ConformanceImages.Make(1)], TestContext.Current.CancellationToken));
    }

    [Fact]
    public void ASegmenterReadsItsMapInAnyCase()
    {
        using OnnxLungSegmenter segmenter = OnnxLungSegmenter.Load(TinyOnnx.For(ConformanceCards.LungSegmenter).ToBytes(), new OnnxOptions { ReadMap = false });
        Assert.Single(segmenter.Segment([ConformanceImages.Make(1)], TestContext.Current.CancellationToken));
    }

    // A result's own objects and nothing of the pass: a bound on bytes, where a figure belongs to the benchmarks.
    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void AnImageAllocatesLessThanFourKilobytes(int batch)
    {
        using OnnxClassifier classifier = OnnxClassifier.Load(Tiny.ToBytes(), new OnnxOptions { ReadMap = false });
        GrayImage[] images = ConformanceImages.Several(batch);
        for (int i = 0; i < 20; i++)
        {
            classifier.Classify(images, TestContext.Current.CancellationToken);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 20; i++)
        {
            classifier.Classify(images, TestContext.Current.CancellationToken);
        }

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / (20 * batch), 1, 4095);
    }
}
