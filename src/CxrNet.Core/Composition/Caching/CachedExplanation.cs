namespace CxrNet;

/// <summary>Answers for an image and a finding that were explained before without explaining them again; see <see cref="CachedClassifier"/>.</summary>
/// <remarks>Safe for concurrent use where the method is.</remarks>
public sealed class CachedExplanation : DelegatingExplanation
{
    private readonly ResultCache<Heatmap> _cache;

    /// <summary>Puts a cache before a method.</summary>
    /// <param name="explanation">Explains what is not there.</param>
    /// <param name="options">The limits; <see cref="CacheOptions.Default"/> where null.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit is not above 0.</exception>
    public CachedExplanation(IExplanationMap explanation, CacheOptions? options = null)
        : base(explanation)
    {
        _cache = new ResultCache<Heatmap>((options ?? CacheOptions.Default).Checked(), static map => map, ResultSize.Of);
    }

    /// <summary>What the cache did so far, and what it holds.</summary>
    public CacheStatistics Statistics => _cache.Statistics;

    /// <inheritdoc/>
    protected override IReadOnlyList<Heatmap> ExplainCore(IReadOnlyList<GrayImage> images, ExplanationTarget target, CancellationToken cancellationToken)
    {
        GrayImage[] read = ImageList.Require(images, cancellationToken);
        return _cache.Get(Array.ConvertAll(read, image => ImageKey.Of(image, target.Finding)), mine => Inner.Explain([.. mine.Select(i => read[i])], target, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    protected override void DisposeOwned()
    {
        _cache.Clear();
        base.DisposeOwned();
    }
}
