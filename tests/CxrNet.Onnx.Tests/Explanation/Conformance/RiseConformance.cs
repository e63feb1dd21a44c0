using CxrNet.Conformance;

namespace CxrNet.Onnx.Tests;

public sealed class RiseConformance : ExplanationMapConformance<RiseMap>
{
    protected override ICxrClassifier LoadClassifier(CxrModelCard card) => OnnxClassifier.Load(TinyOnnx.For(card).ToBytes());

    protected override RiseMap Create(ICxrClassifier classifier) => new(classifier, new RiseOptions { Masks = 60 });
}
