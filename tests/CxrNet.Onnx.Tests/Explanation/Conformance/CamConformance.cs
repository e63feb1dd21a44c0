namespace CxrNet.Onnx.Tests;

public sealed class CamConformance : FeatureMapConformance<CamMap>
{
    protected override CamMap Make(OnnxFeatureModel model) => new(model);
}
