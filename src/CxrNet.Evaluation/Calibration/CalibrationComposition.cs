namespace CxrNet.Evaluation;

/// <summary>A site's calibration as a decorator.</summary>
public static class CalibrationComposition
{
    /// <summary>Reads a classifier's logits by what a site refitted.</summary>
    /// <param name="classifier">The model that the scores came from; it is taken over.</param>
    /// <param name="calibration">What <see cref="SiteCalibration"/> gave.</param>
    /// <exception cref="CxrModelException">It is another model's calibration.</exception>
    public static CalibratedClassifier WithCalibration(this ICxrClassifier classifier, SiteCalibrationResult calibration)
    {
        ArgumentNullException.ThrowIfNull(calibration);
        return classifier.WithCalibration(calibration.Card);
    }
}
