namespace CxrNet;

/// <summary>Answers for an image that was scored before without scoring it again; the image is known by the hash of its pixels, never kept.</summary>
/// <remarks>
/// Safe for concurrent use where the classifier is; calls that ask for the same image at the same time share one computation. A result from the cache has no <see cref="CxrPrediction.Timings"/>.
/// Predictions with a <see cref="CxrPrediction.Thumbnail"/> are not kept, since that is a picture of the image.
/// </remarks>
public sealed class CachedClassifier : DelegatingClassifier
{
    private readonly ResultCache<CxrPrediction> _cache;

    /// <summary>Puts a cache before a classifier.</summary>
    /// <param name="classifier">Scores what is not there.</param>
    /// <param name="options">The limits; <see cref="CacheOptions.Default"/> where null.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit is not above 0.</exception>
    public CachedClassifier(ICxrClassifier classifier, CacheOptions? options = null)
        : base(classifier)
    {
        _cache = new ResultCache<CxrPrediction>((options ?? CacheOptions.Default).Checked(), static p => p with { Timings = default }, ResultSize.Of);
    }

    /// <summary>What the cache did so far, and what it holds.</summary>
    public CacheStatistics Statistics => _cache.Statistics;

    /// <inheritdoc/>
    protected override IReadOnlyList<CxrPrediction> ClassifyCore(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken)
    {
        GrayImage[] read = ImageList.Require(images, cancellationToken);
        return _cache.Get(Array.ConvertAll(read, static image => ImageKey.Of(image)), mine => Inner.Classify([.. mine.Select(i => read[i])], cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    protected override void DisposeOwned()
    {
        _cache.Clear();
        base.DisposeOwned();
    }
}
