namespace CxrNet.Evaluation;

/// <summary>How far two backends with the same weights disagree.</summary>
/// <param name="Images">How many images were compared.</param>
/// <param name="MaxLogitDifference">The largest difference of two logits.</param>
/// <param name="MaxProbabilityDifference">The largest difference of two probabilities.</param>
/// <param name="MaxMapDifference">The largest difference of two pixels of the networks' own maps; NaN where there is none.</param>
/// <param name="SameTop">On how many images both call the same finding.</param>
public sealed record BackendParity(int Images, double MaxLogitDifference, double MaxProbabilityDifference, double MaxMapDifference, int SameTop)
{
    /// <summary>Classifies the images with both.</summary>
    /// <param name="first">One backend; belongs to the caller.</param>
    /// <param name="second">Another; belongs to the caller.</param>
    /// <param name="images">One or more.</param>
    /// <param name="cancellationToken">Stops the runs.</param>
    /// <exception cref="ArgumentException">The two have other findings, or maps of another size.</exception>
    public static BackendParity Between(ICxrClassifier first, ICxrClassifier second, IReadOnlyList<GrayImage> images, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        double logit = 0;
        double probability = 0;
        double map = double.NaN;
        int same = 0;
        foreach ((CxrPrediction a, CxrPrediction b) in first.Classify(images, cancellationToken).Zip(second.Classify(images, cancellationToken)))
        {
            if (!a.Findings.Select(f => f.Name).SequenceEqual(b.Findings.Select(f => f.Name)))
            {
                throw new ArgumentException($"'{b.ModelId}' has the findings {string.Join(", ", b.Findings.Select(f => f.Name))}; {string.Join(", ", a.Findings.Select(f => f.Name))} expected.", nameof(second));
            }

            for (int i = 0; i < a.Findings.Count; i++)
            {
                // Math.Max hands NaN on, so a backend that returns NaN is not mistaken for an equal one.
                logit = Math.Max(logit, Math.Abs(a.Logits[i] - b.Logits[i]));
                probability = Math.Max(probability, Math.Abs(a.Findings[i].Probability - b.Findings[i].Probability));
            }

            same += a.Top.Name == b.Top.Name ? 1 : 0;
            if (a.Map is { } one && b.Map is { } other)
            {
                double difference = MapComparison.LargestDifference(one, other);
                map = double.IsNaN(map) ? difference : Math.Max(map, difference);
            }
        }

        return new BackendParity(images.Count, logit, probability, map, same);
    }
}
