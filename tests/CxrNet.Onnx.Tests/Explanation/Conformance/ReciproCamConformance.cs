namespace CxrNet.Onnx.Tests;

public sealed class ReciproCamConformance : FeatureMapConformance<ReciproCamMap>
{
    protected override ReciproCamMap Make(OnnxFeatureModel model) => new(model);
}
