namespace CxrNet.Onnx.Tests;

public sealed class KpcaCamConformance : FeatureMapConformance<KpcaCamMap>
{
    protected override KpcaCamMap Make(OnnxFeatureModel model) => new(model);
}
