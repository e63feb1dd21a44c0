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
