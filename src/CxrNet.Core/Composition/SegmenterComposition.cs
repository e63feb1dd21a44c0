using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace CxrNet;

/// <summary>Decorators of a lung segmenter in the order they are written; see <see cref="ClassifierComposition"/>.</summary>
public static class SegmenterComposition
{
    /// <summary>For a segmenter that belongs to somebody else: disposing of the result leaves it open.</summary>
    public static BorrowedSegmenter LeaveOpen(this ILungSegmenter segmenter) => new(segmenter);

    /// <summary>Asks other segmenters too and combines the answers.</summary>
    public static EnsembleSegmenter WithEnsemble(this ILungSegmenter segmenter, EnsembleRule rule, params IReadOnlyList<ILungSegmenter> others) => new([segmenter, .. others], rule);

    /// <summary>Answers from memory where the same pixels were segmented before.</summary>
    public static CachedSegmenter WithCache(this ILungSegmenter segmenter, CacheOptions? options = null) => new(segmenter, options);

    /// <summary>Logs each call.</summary>
    public static LoggedSegmenter WithLogging(this ILungSegmenter segmenter, ILogger logger) => new(segmenter, logger);

    /// <summary>Measures each call.</summary>
    public static MeteredSegmenter WithMetrics(this ILungSegmenter segmenter, IMeterFactory? factory = null) => new(segmenter, factory);
}
