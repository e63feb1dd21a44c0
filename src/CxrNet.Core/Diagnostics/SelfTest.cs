using System.Diagnostics;
using System.Globalization;
using System.Numerics.Tensors;

namespace CxrNet;

/// <summary>Sends drawn chests through a classifier and looks at what comes out: not whether it is right, but whether it is possible.</summary>
public static class SelfTest
{
    private const int Side = 256;

    // Of 1, over softmax probabilities in single precision.
    private const float SumTolerance = 1e-3f;

    /// <summary>Runs two phantoms, one healthy and one with COVID-19.</summary>
    /// <param name="classifier">Any backend, with or without decorators. One that withholds both is taken to work.</param>
    /// <param name="seed">Another seed draws other chests.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <returns>What was found; a failure of the backend is thrown.</returns>
    /// <exception cref="CxrModelException">The backend failed.</exception>
    public static SelfTestResult Run(ICxrClassifier classifier, int seed = 1, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        GrayImage[] images = [Draw(PhantomClass.Normal, seed), Draw(PhantomClass.Covid19, seed)];
        long started = Stopwatch.GetTimestamp();
        IReadOnlyList<CxrPrediction> predictions = classifier.Classify(images, cancellationToken);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(started);
        return new SelfTestResult(classifier.Card.Id, [.. Problems(predictions, images, classifier.Card)], elapsed);
    }

    private static GrayImage Draw(PhantomClass phantomClass, int seed) =>
        ChestPhantom.Create(new PhantomOptions { Class = phantomClass, Seed = seed, Width = Side, Height = Side }).Image;

    private static IEnumerable<string> Problems(IReadOnlyList<CxrPrediction> predictions, GrayImage[] images, CxrModelCard card)
    {
        if (predictions.Count != images.Length)
        {
            yield return $"'{card.Id}' gave {predictions.Count} results for {images.Length} images.";
            yield break;
        }

        foreach (string problem in predictions.SelectMany((prediction, i) => Problems(prediction, images[i], card)))
        {
            yield return problem;
        }

        if (!predictions.Any(static p => p.IsWithheld) && predictions[0].Logits.SequenceEqual(predictions[1].Logits))
        {
            yield return $"'{card.Id}' gave the same logits for two different images.";
        }
    }

    private static IEnumerable<string> Problems(CxrPrediction prediction, GrayImage image, CxrModelCard card)
    {
        if (prediction.Map is { } map && (map.ImageWidth != image.Width || map.ImageHeight != image.Height || !TensorPrimitives.IsFiniteAll(map.Values)))
        {
            yield return $"'{card.Id}' gave a map of an image of {map.ImageWidth} x {map.ImageHeight} for one of {image.Width} x {image.Height}, or with values that are no finite numbers.";
        }

        if (prediction.IsWithheld)
        {
            yield break;
        }

        string[] expected = [.. card.Findings.Where(static f => f.IsTrained).Select(static f => f.Name)];
        if (!prediction.Findings.Select(static f => f.Name).SequenceEqual(expected, StringComparer.Ordinal))
        {
            yield return $"'{card.Id}' gave the findings {string.Join(", ", prediction.Findings.Select(static f => f.Name))}; its card lists {string.Join(", ", expected)}.";
        }

        if (prediction.Findings.FirstOrDefault(static f => f.Probability is not (>= 0 and <= 1)) is { Name: not null } impossible)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"'{card.Id}' gave {impossible.Probability} as the probability of {impossible.Name}.");
        }

        float sum = prediction.Findings.Sum(static f => f.Probability);
        if (card.Activation == FindingActivation.Softmax && !(Math.Abs(sum - 1) <= SumTolerance))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"'{card.Id}' gave probabilities that sum to {sum}, 1 was expected.");
        }
    }
}
