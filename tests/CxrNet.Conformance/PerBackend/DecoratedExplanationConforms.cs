namespace CxrNet.Conformance.PerBackend;

/// <summary>The suite of every explanation method, for a decorator around the network's own map on this backend.</summary>
public abstract class DecoratedExplanationConforms<TDecorator>(Func<IExplanationMap, TDecorator> decorate) : ExplanationMapConformance<TDecorator>
    where TDecorator : IExplanationMap
{
    protected override ICxrClassifier LoadClassifier(CxrModelCard card) => Tiny.Classifier(card);

    protected override TDecorator Create(ICxrClassifier classifier) => decorate(new NetworkMap(classifier));
}
