namespace CxrNet;

/// <summary>Test-time augmentation: scores each image as it is and slightly shifted, scaled and turned, and takes the mean of the logits.</summary>
/// <remarks>Safe for concurrent use where the classifier inside is. No flips: the heart is on the left. Map, distance and features are those of the image as it is. It owns the classifier.</remarks>
public sealed class AugmentedClassifier : ICxrClassifier
{
    private readonly ICxrClassifier _classifier;
    private readonly SmallMotion[] _motions;
    private readonly CxrModelCard _trained;

    /// <summary>Puts augmentation around a classifier.</summary>
    /// <param name="classifier">Scores the views.</param>
    /// <param name="views">How many views of an image are scored, the image itself included; the time grows with it. 1 changes nothing.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 1 or more than 64 views.</exception>
    public AugmentedClassifier(ICxrClassifier classifier, int views = 8)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        ArgumentOutOfRangeException.ThrowIfLessThan(views, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(views, 64);
        _classifier = classifier;
        _motions = [.. Enumerable.Range(1, views - 1).Select(SmallMotion.Number)];

        // Predictions hold the logits of trained findings alone.
        _trained = classifier.Card with { Findings = [.. classifier.Card.Findings.Where(static f => f.IsTrained)] };
    }

    /// <inheritdoc/>
    public CxrModelCard Card => _classifier.Card;

    /// <inheritdoc/>
    public IReadOnlyList<CxrPrediction> Classify(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        IReadOnlyList<CxrPrediction> plain = _classifier.Classify(images, cancellationToken);
        if (_motions.Length == 0 || images.Count == 0)
        {
            return plain;
        }

        int findings = _trained.Findings.Count;
        float[] sums = [.. plain.SelectMany(static p => p.Logits)];
        StageTimings[] timings = [.. plain.Select(static p => p.Timings)];
        foreach (SmallMotion motion in _motions)
        {
            IReadOnlyList<CxrPrediction> moved = _classifier.Classify([.. images.Select(motion.Apply)], cancellationToken);
            for (int i = 0; i < moved.Count; i++)
            {
                for (int f = 0; f < findings; f++)
                {
                    sums[(i * findings) + f] += moved[i].Logits[f];
                }

                StageTimings t = moved[i].Timings;
                timings[i] = new StageTimings(timings[i].Decode + t.Decode, timings[i].Preprocess + t.Preprocess, timings[i].Inference + t.Inference, timings[i].Postprocess + t.Postprocess);
            }
        }

        System.Numerics.Tensors.TensorPrimitives.Divide(sums, _motions.Length + 1f, sums);
        float[] distances = plain[0].Distance is null ? [] : [.. plain.Select(static p => p.Distance!.Value)];
        IReadOnlyList<CxrPrediction> read = PredictionReader.Read(sums, images.Count, _trained, [.. plain.Select(static p => p.Map)], images, default, distances);
        return [.. read.Select((p, i) => p with { Timings = timings[i], Features = plain[i].Features, Thumbnail = plain[i].Thumbnail })];
    }

    /// <summary>Disposes of the classifier.</summary>
    public void Dispose() => _classifier.Dispose();
}
