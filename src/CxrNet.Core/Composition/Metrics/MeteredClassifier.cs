using System.Diagnostics.Metrics;

namespace CxrNet;

/// <summary>Measures each call of a classifier for OpenTelemetry and the like: <c>cxrnet.call.duration</c>, <c>cxrnet.call.images</c>, <c>cxrnet.classify.reserved</c>. Nothing of a patient.</summary>
/// <remarks>Safe for concurrent use where the classifier is.</remarks>
public sealed class MeteredClassifier : DelegatingClassifier
{
    /// <summary>The meter to listen to.</summary>
    public const string MeterName = "CxrNet";

    private readonly CompositionMeter _meter;

    /// <summary>Puts instruments around a classifier.</summary>
    /// <param name="classifier">Scores the images.</param>
    /// <param name="factory">Makes the meter, as a container's does; one for the whole process where null.</param>
    public MeteredClassifier(ICxrClassifier classifier, IMeterFactory? factory = null)
        : base(classifier) => _meter = CompositionMeter.Of(factory);

    /// <inheritdoc/>
    protected override IReadOnlyList<CxrPrediction> ClassifyCore(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken)
    {
        IReadOnlyList<CxrPrediction> predictions = _meter.Run("classify", Card.Id, images.Count, () => Inner.Classify(images, cancellationToken));
        _meter.Reserve(Card.Id, predictions);
        return predictions;
    }
}
