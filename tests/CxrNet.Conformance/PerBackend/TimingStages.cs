namespace CxrNet.Conformance.PerBackend;

public sealed class TimingStages : StageTimingConformance
{
    protected override ICxrClassifier Load(CxrModelCard card) => Tiny.Classifier(card);
}
