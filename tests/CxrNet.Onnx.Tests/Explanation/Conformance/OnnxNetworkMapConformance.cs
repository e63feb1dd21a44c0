using CxrNet.Conformance;

namespace CxrNet.Onnx.Tests;

public sealed class OnnxNetworkMapConformance : ExplanationMapConformance<NetworkMap>
{
    protected override ICxrClassifier LoadClassifier(CxrModelCard card) => OnnxClassifier.Load(TinyOnnx.For(card).ToBytes());

    protected override NetworkMap Create(ICxrClassifier classifier) => new(classifier);
}
