using Microsoft.Extensions.Logging;

namespace CxrNet;

/// <summary>Logs each call of a classifier: Debug with counts and time, Error where it fails. Nothing of a patient.</summary>
/// <remarks>Safe for concurrent use where the classifier is.</remarks>
public sealed class LoggedClassifier : DelegatingClassifier
{
    private readonly ILogger _logger;

    /// <summary>Puts a log around a classifier.</summary>
    /// <param name="classifier">Scores the images.</param>
    /// <param name="logger">It stays the caller's.</param>
    public LoggedClassifier(ICxrClassifier classifier, ILogger logger)
        : base(classifier)
    {
        ArgumentNullException.ThrowIfNull(logger);
        _logger = logger;
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<CxrPrediction> ClassifyCore(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken)
    {
        IReadOnlyList<CxrPrediction> predictions = LoggedCall.Run(_logger, Card.Id, images.Count, () => Inner.Classify(images, cancellationToken), out double milliseconds);
        if (_logger.IsEnabled(LogLevel.Debug))
        {
            _logger.Classified(Card.Id, predictions.Count, milliseconds, predictions.Count(static p => p.IsUnlike), predictions.Count(static p => p.IsWithheld), predictions.Count(static p => p.IsUndecided));
        }

        return predictions;
    }
}
