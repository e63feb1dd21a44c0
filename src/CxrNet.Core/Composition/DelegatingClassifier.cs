namespace CxrNet;

/// <summary>A classifier around another one: what the decorators here derive from, and what an application derives its own from.</summary>
/// <remarks>
/// It owns what it wraps: disposing of it disposes of the inner classifier, once. Where the inner one belongs to somebody else, wrap <see cref="ClassifierComposition.LeaveOpen"/> of it.
/// Safe for concurrent use where the inner one is. A decorator is no <see cref="ITensorClassifier"/>: explain the classifier inside.
/// </remarks>
public abstract class DelegatingClassifier : ICxrClassifier
{
    private int _disposed;

    /// <summary>Wraps a classifier and takes it over.</summary>
    /// <param name="inner">The classifier.</param>
    protected DelegatingClassifier(ICxrClassifier inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        Inner = inner;
    }

    /// <inheritdoc/>
    public virtual CxrModelCard Card => Inner.Card;

    /// <summary>The classifier inside.</summary>
    protected ICxrClassifier Inner { get; }

    /// <inheritdoc/>
    public IReadOnlyList<CxrPrediction> Classify(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        RequireUsable(cancellationToken);
        return ClassifyCore(images, cancellationToken);
    }

    /// <summary>Disposes of the classifier inside; a second call does nothing.</summary>
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
    protected abstract IReadOnlyList<CxrPrediction> ClassifyCore(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken);

    /// <summary>Disposes of what is owned, which is the inner one unless it is overridden; called once.</summary>
    protected virtual void DisposeOwned() => Inner.Dispose();

    /// <summary>Refuses a call that is cancelled or comes too late.</summary>
    /// <param name="cancellationToken">The call's.</param>
    /// <exception cref="ObjectDisposedException">It comes too late.</exception>
    protected void RequireUsable(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
