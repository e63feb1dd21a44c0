namespace CxrNet;

/// <summary>An explanation method that belongs to somebody else: disposing of this leaves it open.</summary>
/// <remarks>Disposed of, it refuses further calls; the method itself goes on.</remarks>
public sealed class BorrowedExplanation(IExplanationMap inner) : DelegatingExplanation(inner)
{
    /// <inheritdoc/>
    protected override IReadOnlyList<Heatmap> ExplainCore(IReadOnlyList<GrayImage> images, ExplanationTarget target, CancellationToken cancellationToken) => Inner.Explain(images, target, cancellationToken);

    /// <summary>Nothing is owned.</summary>
    protected override void DisposeOwned()
    {
    }
}
