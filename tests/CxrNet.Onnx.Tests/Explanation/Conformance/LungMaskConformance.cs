using CxrNet.Conformance;

namespace CxrNet.Onnx.Tests;

public sealed class LungMaskConformance : ExplanationMapConformance<LungMaskMap>, IDisposable
{
    private readonly OnnxLungSegmenter _segmenter = OnnxLungSegmenter.Load(TinyOnnx.For(ConformanceCards.LungSegmenter).ToBytes());

    public void Dispose() => _segmenter.Dispose();

    protected override ICxrClassifier LoadClassifier(CxrModelCard card) => OnnxClassifier.Load(TinyOnnx.For(card).ToBytes());

    protected override LungMaskMap Create(ICxrClassifier classifier)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        return new(_segmenter, classifier.Card);
    }
}
