namespace CxrNet;

/// <summary>Answers for an image whose lungs were found before without finding them again; see <see cref="CachedClassifier"/>.</summary>
/// <remarks>Safe for concurrent use where the segmenter is. A mask takes four bytes for each pixel of its image.</remarks>
public sealed class CachedSegmenter : DelegatingSegmenter
{
    private readonly ResultCache<LungMask> _cache;

    /// <summary>Puts a cache before a segmenter.</summary>
    /// <param name="segmenter">Finds what is not there.</param>
    /// <param name="options">The limits; <see cref="CacheOptions.Default"/> where null.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit is not above 0.</exception>
    public CachedSegmenter(ILungSegmenter segmenter, CacheOptions? options = null)
        : base(segmenter)
    {
        _cache = new ResultCache<LungMask>((options ?? CacheOptions.Default).Checked(), static mask => mask, ResultSize.Of);
    }

    /// <summary>What the cache did so far, and what it holds.</summary>
    public CacheStatistics Statistics => _cache.Statistics;

    /// <inheritdoc/>
    protected override IReadOnlyList<LungMask> SegmentCore(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken)
    {
        GrayImage[] read = ImageList.Require(images, cancellationToken);
        return _cache.Get(Array.ConvertAll(read, static image => ImageKey.Of(image)), mine => Inner.Segment([.. mine.Select(i => read[i])], cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    protected override void DisposeOwned()
    {
        _cache.Clear();
        base.DisposeOwned();
    }
}
