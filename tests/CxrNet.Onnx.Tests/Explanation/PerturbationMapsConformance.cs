using CxrNet.Conformance;

namespace CxrNet.Onnx.Tests;

public sealed class OcclusionConformance : ExplanationMapConformance<OcclusionMap>
{
    protected override ICxrClassifier LoadClassifier(CxrModelCard card) => OnnxClassifier.Load(TinyOnnx.For(card).ToBytes());

    protected override OcclusionMap Create(ICxrClassifier classifier) => new(classifier);
}

public sealed class RiseConformance : ExplanationMapConformance<RiseMap>
{
    protected override ICxrClassifier LoadClassifier(CxrModelCard card) => OnnxClassifier.Load(TinyOnnx.For(card).ToBytes());

    protected override RiseMap Create(ICxrClassifier classifier) => new(classifier, new RiseOptions { Masks = 60 });
}

public sealed class FeatureAblationConformance : ExplanationMapConformance<FeatureAblationMap>
{
    protected override ICxrClassifier LoadClassifier(CxrModelCard card) => OnnxClassifier.Load(TinyOnnx.For(card).ToBytes());

    protected override FeatureAblationMap Create(ICxrClassifier classifier) => new(classifier);
}

public sealed class LimeConformance : ExplanationMapConformance<LimeMap>
{
    protected override ICxrClassifier LoadClassifier(CxrModelCard card) => OnnxClassifier.Load(TinyOnnx.For(card).ToBytes());

    protected override LimeMap Create(ICxrClassifier classifier) => new(classifier, new LimeOptions { Samples = 100, Regions = ImageRegions.Superpixels(16) });
}

public sealed class KernelShapConformance : ExplanationMapConformance<KernelShapMap>
{
    // A fixed batch: the flow's batches are then filled up.
    protected override ICxrClassifier LoadClassifier(CxrModelCard card) => OnnxClassifier.Load((TinyOnnx.For(card) with { Batch = 3 }).ToBytes());

    protected override KernelShapMap Create(ICxrClassifier classifier) => new(classifier, new SurrogateOptions { Samples = 100, Regions = ImageRegions.Patches(4, 4) });
}

public sealed class RandomConformance : ExplanationMapConformance<RandomMap>
{
    protected override ICxrClassifier LoadClassifier(CxrModelCard card) => OnnxClassifier.Load(TinyOnnx.For(card).ToBytes());

    protected override RandomMap Create(ICxrClassifier classifier) => new(classifier);
}

public sealed class LungMaskConformance : ExplanationMapConformance<LungMaskMap>
{
    protected override ICxrClassifier LoadClassifier(CxrModelCard card) => OnnxClassifier.Load(TinyOnnx.For(card).ToBytes());

    protected override LungMaskMap Create(ICxrClassifier classifier)
    {
        CxrModelCard lungs = ConformanceCards.LungSegmenter;
        return new(OnnxLungSegmenter.Load(TinyOnnx.For(lungs).ToBytes()), classifier.Card);
    }
}
