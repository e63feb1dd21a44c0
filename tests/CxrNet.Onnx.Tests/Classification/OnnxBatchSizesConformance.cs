using CxrNet.Conformance;

namespace CxrNet.Onnx.Tests;

/// <summary>The same promises hold where the engine sees two batch sizes only, and for weights and an optimised graph that are shared.</summary>
public sealed class OnnxBatchSizesConformance : CxrClassifierConformance<OnnxClassifier>
{
    protected override OnnxClassifier Load(CxrModelCard card) => OnnxClassifier.Load(TinyOnnx.For(card).ToBytes(), new OnnxOptions { BatchSizes = [2, 12], WarmUp = true, ShareWeights = true });
}
