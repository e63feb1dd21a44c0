namespace CxrNet;

/// <summary>A classifier that belongs to somebody else: disposing of this leaves it open.</summary>
/// <remarks>Disposed of, it refuses further calls; the classifier itself goes on.</remarks>
public sealed class BorrowedClassifier(ICxrClassifier inner) : DelegatingClassifier(inner)
{
    /// <inheritdoc/>
    protected override IReadOnlyList<CxrPrediction> ClassifyCore(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken) => Inner.Classify(images, cancellationToken);

    /// <summary>Nothing is owned.</summary>
    protected override void DisposeOwned()
    {
    }
}
