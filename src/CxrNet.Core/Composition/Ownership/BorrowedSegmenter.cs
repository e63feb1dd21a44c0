namespace CxrNet;

/// <summary>A lung segmenter that belongs to somebody else: disposing of this leaves it open.</summary>
/// <remarks>Disposed of, it refuses further calls; the segmenter itself goes on.</remarks>
public sealed class BorrowedSegmenter(ILungSegmenter inner) : DelegatingSegmenter(inner)
{
    /// <inheritdoc/>
    protected override IReadOnlyList<LungMask> SegmentCore(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken) => Inner.Segment(images, cancellationToken);

    /// <summary>Nothing is owned.</summary>
    protected override void DisposeOwned()
    {
    }
}
