using CxrNet.Conformance;

namespace CxrNet.Onnx.Tests;

/// <summary>The same promises hold for a graph that was exported for batches of three only.</summary>
public sealed class OnnxFixedBatchConformance : CxrClassifierConformance<OnnxClassifier>
{
    protected override OnnxClassifier Load(CxrModelCard card) => OnnxClassifier.Load((TinyOnnx.For(card) with { Batch = 3 }).ToBytes());
}
