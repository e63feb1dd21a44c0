namespace CxrNet;

/// <summary>A prediction with other logits, or read by another card, and everything else as it was.</summary>
/// <param name="was">The card that the predictions were read by.</param>
/// <param name="now">The card to read them by: the same trained findings.</param>
internal sealed class RereadPrediction(CxrModelCard was, CxrModelCard now)
{
    // Predictions hold the logits of trained findings alone.
    private readonly CxrModelCard _trained = now with { Findings = [.. now.Findings.Where(static f => f.IsTrained)] };

    /// <summary>Reads the logits; warnings that a decorator inside added are kept, those that follow from the numbers are made anew.</summary>
    /// <param name="prediction">What was read before. Withheld findings stay withheld.</param>
    /// <param name="logits">One for each trained finding, in card order.</param>
    /// <param name="image">The image, for the warnings that its header calls for.</param>
    public CxrPrediction Read(CxrPrediction prediction, ReadOnlySpan<float> logits, GrayImage image)
    {
        if (prediction.IsWithheld)
        {
            return prediction;
        }

        ReadOnlySpan<float> distance = prediction.Distance is { } known ? [known] : [];
        CxrPrediction read = PredictionReader.Read(logits, 1, _trained, [prediction.Map], [image], prediction.Timings, distance)[0];
        return read with
        {
            Features = prediction.Features,
            Thumbnail = prediction.Thumbnail,
            Warnings = [.. read.Warnings, .. AddedTo(prediction, was, image)],
        };
    }

    /// <summary>The warnings of a prediction beyond those that every backend gives.</summary>
    public static IEnumerable<string> AddedTo(CxrPrediction prediction, CxrModelCard card, GrayImage image) =>
        prediction.Warnings.Count == 0 ? [] : prediction.Warnings.Except(PredictionWarnings.For(image.Info, card, prediction), StringComparer.Ordinal);
}
