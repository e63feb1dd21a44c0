namespace CxrNet;

/// <summary>Conveniences on top of <see cref="ICxrClassifier"/>.</summary>
public static class CxrClassifierExtensions
{
    /// <summary>Scores one image.</summary>
    /// <param name="classifier">Any backend.</param>
    /// <param name="image">A grey plane of any size.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    public static CxrPrediction Classify(this ICxrClassifier classifier, GrayImage image, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        return classifier.Classify([image], cancellationToken)[0];
    }
}
