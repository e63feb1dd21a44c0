using CxrNet.Conformance;
using CxrNet.Onnx.Tests.Composition;

namespace CxrNet.Onnx.Tests.Streaming;

public sealed class TimingStages : StageTimingConformance
{
    protected override ICxrClassifier Load(CxrModelCard card) => Tiny.Classifier(card);
}
