namespace CxrNet;

/// <summary>An explanation method around another one; see <see cref="DelegatingClassifier"/>.</summary>
/// <remarks>It owns the method that it wraps, never the classifier that is explained. Safe for concurrent use where the inner one is.</remarks>
public abstract class DelegatingExplanation : IExplanationMap
{
    private int _disposed;

    /// <summary>Wraps a method and takes it over.</summary>
    /// <param name="inner">The method.</param>
    protected DelegatingExplanation(IExplanationMap inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        Inner = inner;
    }

    /// <inheritdoc/>
    public virtual string Method => Inner.Method;

    /// <summary>The method inside.</summary>
    protected IExplanationMap Inner { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Heatmap> Explain(IReadOnlyList<GrayImage> images, ExplanationTarget target = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        cancellationToken.ThrowIfCancellationRequested();
        return ExplainCore(images, target, cancellationToken);
    }

    /// <summary>Disposes of the method inside; a second call does nothing.</summary>
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
    /// <param name="target">Which finding to explain.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    protected abstract IReadOnlyList<Heatmap> ExplainCore(IReadOnlyList<GrayImage> images, ExplanationTarget target, CancellationToken cancellationToken);

    /// <summary>Disposes of what is owned, which is the inner one unless it is overridden; called once.</summary>
    protected virtual void DisposeOwned() => Inner.Dispose();
}
