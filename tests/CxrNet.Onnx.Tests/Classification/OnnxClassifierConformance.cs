using CxrNet.Conformance;

namespace CxrNet.Onnx.Tests;

public sealed class OnnxClassifierConformance : CxrClassifierConformance<OnnxClassifier>
{
    protected override OnnxClassifier Load(CxrModelCard card) => OnnxClassifier.Load(TinyOnnx.For(card).ToBytes());
}
