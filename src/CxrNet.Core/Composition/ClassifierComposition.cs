using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace CxrNet;

/// <summary>Decorators of a classifier in the order they are written: the last one is the outermost, and is asked first.</summary>
/// <remarks>Each takes over what it is called on and what it is given; see <see cref="LeaveOpen"/> for what must live on.</remarks>
public static class ClassifierComposition
{
    /// <summary>For a classifier that belongs to somebody else: disposing of the result leaves it open.</summary>
    public static BorrowedClassifier LeaveOpen(this ICxrClassifier classifier) => new(classifier);

    /// <summary>Does the lung handling that the card asks for.</summary>
    public static LungFocusedClassifier WithLungHandling(this ICxrClassifier classifier, ILungSegmenter segmenter) => new(classifier, segmenter);

    /// <summary>Hides what is not lung.</summary>
    /// <exception cref="CxrModelException">The card asks for another lung handling.</exception>
    public static LungFocusedClassifier WithLungMasking(this ICxrClassifier classifier, ILungSegmenter segmenter) => new(classifier, segmenter, LungHandling.Apply);

    /// <summary>Cuts out the box around the lungs.</summary>
    /// <exception cref="CxrModelException">The card asks for another lung handling.</exception>
    public static LungFocusedClassifier WithLungCrop(this ICxrClassifier classifier, ILungSegmenter segmenter) => new(classifier, segmenter, LungHandling.Crop);

    /// <summary>Reads the logits by a refitted card.</summary>
    /// <exception cref="CxrModelException">It is another model's card.</exception>
    public static CalibratedClassifier WithCalibration(this ICxrClassifier classifier, CxrModelCard card) => new(classifier, card);

    /// <summary>Scores several views of each image and takes the mean.</summary>
    public static AugmentedClassifier WithAugmentation(this ICxrClassifier classifier, int views = 8) => new(classifier, views);

    /// <summary>Asks other classifiers too and combines the answers.</summary>
    /// <exception cref="CxrModelException">They score other findings.</exception>
    public static EnsembleClassifier WithEnsemble(this ICxrClassifier classifier, EnsembleRule rule, params IReadOnlyList<ICxrClassifier> others) => new([classifier, .. others], rule);

    /// <summary>Withholds the findings of what is no frontal chest radiograph.</summary>
    /// <exception cref="CxrModelException">The card has no guard to tell such images by.</exception>
    public static GuardedClassifier WithGuard(this ICxrClassifier classifier, GuardOptions? options = null) => new(classifier, options);

    /// <summary>Answers from memory where the same pixels were scored before.</summary>
    public static CachedClassifier WithCache(this ICxrClassifier classifier, CacheOptions? options = null) => new(classifier, options);

    /// <summary>Puts the images of callers that come at the same time together into batches.</summary>
    public static MicroBatchingClassifier WithMicroBatching(this ICxrClassifier classifier, MicroBatchOptions? options = null, ILogger? logger = null) => new(classifier, options, logger);

    /// <summary>Logs each call.</summary>
    public static LoggedClassifier WithLogging(this ICxrClassifier classifier, ILogger logger) => new(classifier, logger);

    /// <summary>Measures each call.</summary>
    public static MeteredClassifier WithMetrics(this ICxrClassifier classifier, IMeterFactory? factory = null) => new(classifier, factory);
}
