namespace CxrNet.Onnx.Tests;

public sealed class EigenCamConformance : FeatureMapConformance<EigenCamMap>
{
    protected override EigenCamMap Make(OnnxFeatureModel model) => new(model);
}
