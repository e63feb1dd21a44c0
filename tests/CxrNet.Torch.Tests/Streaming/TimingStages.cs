using CxrNet.Conformance;

namespace CxrNet.Torch.Tests.Streaming;

public sealed class TimingStages : StageTimingConformance
{
    protected override ICxrClassifier Load(CxrModelCard card) => Tiny.Classifier(card);
}
