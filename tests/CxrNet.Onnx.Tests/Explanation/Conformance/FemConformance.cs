namespace CxrNet.Onnx.Tests;

public sealed class FemConformance : FeatureMapConformance<FemMap>
{
    protected override FemMap Make(OnnxFeatureModel model) => new(model);
}
