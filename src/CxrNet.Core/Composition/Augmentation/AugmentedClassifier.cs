using System.Numerics.Tensors;

namespace CxrNet;

/// <summary>Test-time augmentation: scores each image as it is and slightly shifted, scaled and turned, and takes the mean of the logits.</summary>
/// <remarks>Safe for concurrent use where the classifier inside is. No flips: the heart is on the left. Map, distance and features are those of the image as it is, and an image that is withheld is scored as it is alone.</remarks>
public sealed class AugmentedClassifier : DelegatingClassifier
{
    private readonly SmallMotion[] _motions;
    private readonly RereadPrediction _reread;

    /// <summary>Puts augmentation around a classifier.</summary>
    /// <param name="classifier">Scores the views.</param>
    /// <param name="views">How many views of an image are scored, the image itself included; the time grows with it. 1 changes nothing.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 1 or more than 64 views.</exception>
    public AugmentedClassifier(ICxrClassifier classifier, int views = 8)
        : base(classifier)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(views, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(views, 64);
        _motions = [.. Enumerable.Range(1, views - 1).Select(SmallMotion.Number)];
        _reread = new RereadPrediction(classifier.Card, classifier.Card);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<CxrPrediction> ClassifyCore(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken)
    {
        GrayImage[] read = ImageList.Require(images, cancellationToken);
        IReadOnlyList<CxrPrediction> plain = Inner.Classify(read, cancellationToken);
        int[] scored = [.. Enumerable.Range(0, read.Length).Where(i => !plain[i].IsWithheld)];
        if (_motions.Length == 0 || scored.Length == 0)
        {
            return plain;
        }

        float[][] sums = [.. plain.Select(static p => p.Logits.ToArray())];
        int[] views = [.. plain.Select(static _ => 1)];
        CxrPrediction[] mean = [.. plain];
        foreach (SmallMotion motion in _motions)
        {
            IReadOnlyList<CxrPrediction> moved = Inner.Classify([.. scored.Select(i => motion.Apply(read[i]))], cancellationToken);
            for (int m = 0; m < moved.Count; m++)
            {
                int i = scored[m];
                mean[i] = mean[i] with { Timings = mean[i].Timings + moved[m].Timings };
                if (!moved[m].IsWithheld)
                {
                    TensorPrimitives.Add(sums[i], [.. moved[m].Logits], sums[i]);
                    views[i]++;
                }
            }
        }

        foreach (int i in scored)
        {
            TensorPrimitives.Divide(sums[i], views[i], sums[i]);
            mean[i] = _reread.Read(mean[i], sums[i], read[i]);
        }

        return mean;
    }
}
