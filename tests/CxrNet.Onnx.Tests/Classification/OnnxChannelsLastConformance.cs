using CxrNet.Conformance;

namespace CxrNet.Onnx.Tests;

/// <summary>The same promises hold for a graph of three channels that stand last.</summary>
public sealed class OnnxChannelsLastConformance : CxrClassifierConformance<OnnxClassifier>
{
    protected override CxrModelCard Card => ConformanceCards.Classifier with
    {
        Input = new CardInput
        {
            Channels = 3,
            Height = 32,
            Width = 32,
            Layout = TensorLayout.Nhwc,
            Normalization = new InputNormalization { Kind = NormalizationKind.MeanStd, Mean = [0.4f, 0.5f, 0.6f], Std = [0.2f, 0.3f, 0.4f] },
        },
    };

    protected override OnnxClassifier Load(CxrModelCard card) => OnnxClassifier.Load(TinyOnnx.For(card).ToBytes());
}
