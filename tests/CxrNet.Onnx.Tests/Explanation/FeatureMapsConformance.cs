using CxrNet.Conformance;

namespace CxrNet.Onnx.Tests;

/// <summary>A method on the features of the model that is explained.</summary>
public abstract class FeatureMapConformance<TMap> : ExplanationMapConformance<TMap>, IDisposable
    where TMap : FeatureMap
{
    private readonly List<OnnxFeatureModel> _models = [];

    protected virtual int? Batch => null;

    protected abstract TMap Make(OnnxFeatureModel model);

    protected sealed override ICxrClassifier LoadClassifier(CxrModelCard card) => OnnxClassifier.Load((TinyOnnx.For(card) with { Batch = Batch }).ToBytes());

    protected sealed override TMap Create(ICxrClassifier classifier)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        _models.Add(OnnxFeatureModel.Load((TinyOnnx.For(classifier.Card) with { Batch = Batch }).ToBytes()));
        return Make(_models[^1]);
    }

    public void Dispose()
    {
        _models.ForEach(m => m.Dispose());
        GC.SuppressFinalize(this);
    }
}

public sealed class CamConformance : FeatureMapConformance<CamMap>
{
    protected override CamMap Make(OnnxFeatureModel model) => new(model);
}

public sealed class HiResCamConformance : FeatureMapConformance<HiResCamMap>
{
    protected override HiResCamMap Make(OnnxFeatureModel model) => new(model);
}

public sealed class EigenCamConformance : FeatureMapConformance<EigenCamMap>
{
    protected override EigenCamMap Make(OnnxFeatureModel model) => new(model);
}

public sealed class KpcaCamConformance : FeatureMapConformance<KpcaCamMap>
{
    protected override KpcaCamMap Make(OnnxFeatureModel model) => new(model);
}

public sealed class FemConformance : FeatureMapConformance<FemMap>
{
    protected override FemMap Make(OnnxFeatureModel model) => new(model);
}

public sealed class ScoreCamConformance : FeatureMapConformance<ScoreCamMap>
{
    protected override int? Batch => 3;

    protected override ScoreCamMap Make(OnnxFeatureModel model) => new(model);
}

public sealed class AblationCamConformance : FeatureMapConformance<AblationCamMap>
{
    protected override int? Batch => 3;

    protected override AblationCamMap Make(OnnxFeatureModel model) => new(model);
}

public sealed class ReciproCamConformance : FeatureMapConformance<ReciproCamMap>
{
    protected override ReciproCamMap Make(OnnxFeatureModel model) => new(model);
}
