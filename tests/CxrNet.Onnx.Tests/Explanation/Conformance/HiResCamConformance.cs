namespace CxrNet.Onnx.Tests;

public sealed class HiResCamConformance : FeatureMapConformance<HiResCamMap>
{
    protected override HiResCamMap Make(OnnxFeatureModel model) => new(model);
}
