using CxrNet.Conformance;

namespace CxrNet.Onnx.Tests;

public sealed class FeatureAblationConformance : ExplanationMapConformance<FeatureAblationMap>
{
    protected override ICxrClassifier LoadClassifier(CxrModelCard card) => OnnxClassifier.Load(TinyOnnx.For(card).ToBytes());

    protected override FeatureAblationMap Create(ICxrClassifier classifier) => new(classifier);
}
