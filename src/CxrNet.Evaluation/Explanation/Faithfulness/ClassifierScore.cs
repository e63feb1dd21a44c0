namespace CxrNet.Evaluation;

/// <summary>Makes an <see cref="ImageScore"/> of a classifier.</summary>
public static class ClassifierScore
{
    /// <summary>The probability of a finding.</summary>
    /// <param name="classifier">Any backend; belongs to the caller.</param>
    /// <param name="finding">As the card names it.</param>
    /// <exception cref="ArgumentException">The card has no trained finding of that name.</exception>
    public static ImageScore Probability(ICxrClassifier classifier, string finding)
    {
        int index = IndexOf(classifier, finding);
        return (images, cancellationToken) => [.. classifier.Classify(images, cancellationToken).Select(p => (double)Answered(p, classifier).Findings[index].Probability)];
    }

    /// <summary>The logit of a finding, before temperature.</summary>
    /// <param name="classifier">Any backend; belongs to the caller.</param>
    /// <param name="finding">As the card names it.</param>
    /// <exception cref="ArgumentException">The card has no trained finding of that name.</exception>
    public static ImageScore Logit(ICxrClassifier classifier, string finding)
    {
        int index = IndexOf(classifier, finding);
        return (images, cancellationToken) => [.. classifier.Classify(images, cancellationToken).Select(p => (double)Answered(p, classifier).Logits[index])];
    }

    internal static CxrPrediction Answered(CxrPrediction prediction, ICxrClassifier classifier) => !prediction.IsWithheld
        ? prediction
        : throw new CxrModelException(classifier.Card.Id, $"'{classifier.Card.Id}' withheld the findings of a changed image, and a figure needs its scores; measure the classifier inside the guard.");

    private static int IndexOf(ICxrClassifier classifier, string finding)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        ArgumentException.ThrowIfNullOrEmpty(finding);
        int output = TargetFinding.IndexOf(classifier.Card, finding)!.Value;

        // Predictions leave untrained outputs out.
        return classifier.Card.Findings.Take(output).Count(f => f.IsTrained);
    }
}
