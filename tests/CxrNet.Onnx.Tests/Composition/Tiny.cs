using CxrNet.Conformance;

namespace CxrNet.Onnx.Tests.Composition;

/// <summary>Tiny models of this backend for a card.</summary>
internal static class Tiny
{
    public static OnnxClassifier Classifier(CxrModelCard card) => OnnxClassifier.Load(TinyOnnx.For(card).ToBytes());

    /// <summary>Another model's weights.</summary>
    public static OnnxClassifier OtherClassifier(CxrModelCard card) => OnnxClassifier.Load((TinyOnnx.For(card) with { Seed = 2 }).ToBytes());

    public static OnnxLungSegmenter Segmenter(CxrModelCard card) => OnnxLungSegmenter.Load(TinyOnnx.For(card).ToBytes());
}
