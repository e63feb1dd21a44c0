using CxrNet.Conformance;

namespace CxrNet.Onnx.Tests;

public sealed class LimeConformance : ExplanationMapConformance<LimeMap>
{
    protected override ICxrClassifier LoadClassifier(CxrModelCard card) => OnnxClassifier.Load(TinyOnnx.For(card).ToBytes());

    protected override LimeMap Create(ICxrClassifier classifier) => new(classifier, new LimeOptions { Samples = 100, Regions = ImageRegions.Superpixels(16) });
}
