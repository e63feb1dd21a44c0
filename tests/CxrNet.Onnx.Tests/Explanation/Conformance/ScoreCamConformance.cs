namespace CxrNet.Onnx.Tests;

public sealed class ScoreCamConformance : FeatureMapConformance<ScoreCamMap>
{
    protected override int? Batch => 3;

    protected override ScoreCamMap Make(OnnxFeatureModel model) => new(model);
}
