namespace CxrNet.Onnx.Tests;

public sealed class AblationCamConformance : FeatureMapConformance<AblationCamMap>
{
    protected override int? Batch => 3;

    protected override AblationCamMap Make(OnnxFeatureModel model) => new(model);
}
