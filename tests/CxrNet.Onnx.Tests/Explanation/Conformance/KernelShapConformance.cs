using CxrNet.Conformance;

namespace CxrNet.Onnx.Tests;

public sealed class KernelShapConformance : ExplanationMapConformance<KernelShapMap>
{
    // A fixed batch: the flow's batches are then filled up.
    protected override ICxrClassifier LoadClassifier(CxrModelCard card) => OnnxClassifier.Load((TinyOnnx.For(card) with { Batch = 3 }).ToBytes());

    protected override KernelShapMap Create(ICxrClassifier classifier) => new(classifier, new SurrogateOptions { Samples = 100, Regions = ImageRegions.Patches(4, 4) });
}
