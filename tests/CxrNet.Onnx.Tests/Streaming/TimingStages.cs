using CxrNet.Conformance;

namespace CxrNet.Onnx.Tests.Streaming;

public sealed class TimingStages : StageTimingConformance
{
    protected override ICxrClassifier Load(CxrModelCard card) => Tiny.Classifier(card);
}
