using CxrNet.Conformance;

namespace CxrNet.Onnx.Tests;

public sealed class RandomConformance : ExplanationMapConformance<RandomMap>
{
    protected override ICxrClassifier LoadClassifier(CxrModelCard card) => OnnxClassifier.Load(TinyOnnx.For(card).ToBytes());

    protected override RandomMap Create(ICxrClassifier classifier) => new(classifier);
}
