using CxrNet.Conformance;

namespace CxrNet.Onnx.Tests;

public sealed class OnnxLungSegmenterConformance : LungSegmenterConformance<OnnxLungSegmenter>
{
    protected override OnnxLungSegmenter Load(CxrModelCard card) => OnnxLungSegmenter.Load(TinyOnnx.For(card).ToBytes());
}
