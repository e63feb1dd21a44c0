using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace CxrNet;

/// <summary>Decorators of an explanation method in the order they are written; see <see cref="ClassifierComposition"/>.</summary>
public static class ExplanationComposition
{
    /// <summary>For a method that belongs to somebody else: disposing of the result leaves it open.</summary>
    public static BorrowedExplanation LeaveOpen(this IExplanationMap explanation) => new(explanation);

    /// <summary>Explains what a classifier with <see cref="ClassifierComposition.WithLungMasking"/> scores.</summary>
    public static LungFocusedExplanation WithLungMasking(this IExplanationMap explanation, ILungSegmenter segmenter) => new(explanation, segmenter, LungHandling.Apply);

    /// <summary>Explains what a classifier with <see cref="ClassifierComposition.WithLungCrop"/> scores.</summary>
    public static LungFocusedExplanation WithLungCrop(this IExplanationMap explanation, ILungSegmenter segmenter) => new(explanation, segmenter, LungHandling.Crop);

    /// <summary>Takes the mean with other maps: as they are where all are of one method, else each scaled to its peak.</summary>
    public static EnsembleExplanation WithEnsemble(this IExplanationMap explanation, params IReadOnlyList<IExplanationMap> others) => new([explanation, .. others]);

    /// <summary>Answers from memory where the same pixels were explained before.</summary>
    public static CachedExplanation WithCache(this IExplanationMap explanation, CacheOptions? options = null) => new(explanation, options);

    /// <summary>Logs each call.</summary>
    public static LoggedExplanation WithLogging(this IExplanationMap explanation, ILogger logger) => new(explanation, logger);

    /// <summary>Measures each call.</summary>
    public static MeteredExplanation WithMetrics(this IExplanationMap explanation, IMeterFactory? factory = null) => new(explanation, factory);
}
