namespace CxrNet;

/// <summary>A lung segmenter around another one; see <see cref="DelegatingClassifier"/>.</summary>
/// <remarks>It owns what it wraps: disposing of it disposes of the inner segmenter, once. Safe for concurrent use where the inner one is.</remarks>
public abstract class DelegatingSegmenter : ILungSegmenter
{
    private int _disposed;

    /// <summary>Wraps a segmenter and takes it over.</summary>
    /// <param name="inner">The segmenter.</param>
    protected DelegatingSegmenter(ILungSegmenter inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        Inner = inner;
    }

    /// <inheritdoc/>
    public virtual CxrModelCard Card => Inner.Card;

    /// <summary>The segmenter inside.</summary>
    protected ILungSegmenter Inner { get; }

    /// <inheritdoc/>
    public IReadOnlyList<LungMask> Segment(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        cancellationToken.ThrowIfCancellationRequested();
        return SegmentCore(images, cancellationToken);
    }

    /// <summary>Disposes of the segmenter inside; a second call does nothing.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            DisposeOwned();
            GC.SuppressFinalize(this);
        }
    }

    /// <summary>Does the work; the list is there, the token is not cancelled, and nothing is disposed of.</summary>
    /// <param name="images">Grey planes of any size; an element may be null, which is the caller's mistake.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    protected abstract IReadOnlyList<LungMask> SegmentCore(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken);

    /// <summary>Disposes of what is owned, which is the inner one unless it is overridden; called once.</summary>
    protected virtual void DisposeOwned() => Inner.Dispose();
}
