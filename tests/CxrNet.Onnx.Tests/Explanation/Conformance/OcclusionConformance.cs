using CxrNet.Conformance;

namespace CxrNet.Onnx.Tests;

public sealed class OcclusionConformance : ExplanationMapConformance<OcclusionMap>
{
    protected override ICxrClassifier LoadClassifier(CxrModelCard card) => OnnxClassifier.Load(TinyOnnx.For(card).ToBytes());

    protected override OcclusionMap Create(ICxrClassifier classifier) => new(classifier);
}
