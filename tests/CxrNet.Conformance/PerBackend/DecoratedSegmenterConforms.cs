namespace CxrNet.Conformance.PerBackend;

/// <summary>The suite of every lung segmenter, for a decorator around this backend's.</summary>
public abstract class DecoratedSegmenterConforms<TDecorator>(Func<ILungSegmenter, TDecorator> decorate) : LungSegmenterConformance<TDecorator>
    where TDecorator : ILungSegmenter
{
    protected override TDecorator Load(CxrModelCard card) => decorate(Tiny.Segmenter(card));
}
