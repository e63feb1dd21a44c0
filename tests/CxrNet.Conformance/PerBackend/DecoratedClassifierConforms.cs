namespace CxrNet.Conformance.PerBackend;

/// <summary>The suite of every classifier, for a decorator around this backend's.</summary>
public abstract class DecoratedClassifierConforms<TDecorator>(Func<ICxrClassifier, TDecorator> decorate) : CxrClassifierConformance<TDecorator>
    where TDecorator : ICxrClassifier
{
    protected override TDecorator Load(CxrModelCard card) => decorate(Tiny.Classifier(card));
}
