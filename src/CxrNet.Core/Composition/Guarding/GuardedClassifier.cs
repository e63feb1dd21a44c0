using System.Globalization;
using System.Numerics.Tensors;

namespace CxrNet;

/// <summary>Withholds the findings of what is no frontal chest radiograph, image by image: an empty or broken plane and a lateral view before the network is asked, an image unlike the training's after it.</summary>
/// <remarks>What is withheld has no findings and no map (<see cref="CxrPrediction.IsWithheld"/>), and a warning that says why; the other images of the batch are scored as ever. Safe for concurrent use where the classifier is.</remarks>
public sealed class GuardedClassifier : DelegatingClassifier
{
    private readonly GuardOptions _options;

    /// <summary>Puts a guard before a classifier.</summary>
    /// <param name="classifier">Scores what passes.</param>
    /// <param name="options">The limits; <see cref="GuardOptions.Default"/> where null.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit is negative.</exception>
    /// <exception cref="CxrModelException">Unlike images were to be withheld, and the model's card has no guard to tell them by.</exception>
    public GuardedClassifier(ICxrClassifier classifier, GuardOptions? options = null)
        : base(classifier)
    {
        _options = options ?? GuardOptions.Default;
        ArgumentOutOfRangeException.ThrowIfNegative(_options.MinSide, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(_options.MinRange, nameof(options));
        CxrModelCard card = classifier.Card;
        if (_options.Unlike && card.Guard is null)
        {
            throw new CxrModelException(card.Id, $"'{card.Id}' has no guard in its card, so nothing tells images that are unlike its training's: fit one ('cxrnet export --calibrate'), or set GuardOptions.Unlike to false.");
        }
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<CxrPrediction> ClassifyCore(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken)
    {
        GrayImage[] read = ImageList.Require(images, cancellationToken);
        string?[] reasons = Array.ConvertAll(read, Reason);
        Queue<CxrPrediction> scored = new(Inner.Classify([.. read.Where((_, i) => reasons[i] is null)], cancellationToken));
        CxrPrediction[] predictions = new CxrPrediction[read.Length];
        for (int i = 0; i < predictions.Length; i++)
        {
            predictions[i] = reasons[i] is { } reason ? Withheld(reason, read[i]) : After(scored.Dequeue());
        }

        return predictions;
    }

    private CxrPrediction After(CxrPrediction prediction) => _options.Unlike && prediction.IsUnlike ? prediction.Withhold() : prediction;

    private CxrPrediction Withheld(string reason, GrayImage image) =>
        new() { ModelId = Card.Id, Findings = [], Logits = [], Warnings = [.. PredictionWarnings.For(image.Info, Card), reason] };

    private string? Reason(GrayImage image)
    {
        if (image.Width < _options.MinSide || image.Height < _options.MinSide)
        {
            return $"The image is {image.Width} x {image.Height} pixels; {_options.MinSide} or more on each side were expected, so it was not scored.";
        }

        if (!TensorPrimitives.IsFiniteAll(image.Pixels))
        {
            return "The image has pixels that are no finite numbers, so it was not scored.";
        }

        float range = TensorPrimitives.Max(image.Pixels) - TensorPrimitives.Min(image.Pixels);
        if (range < _options.MinRange)
        {
            return string.Create(CultureInfo.InvariantCulture, $"The image is empty: its pixels span {range:0.###} of the grey scale, {_options.MinRange:0.###} or more was expected, so it was not scored.");
        }

        return _options.OtherViews && image.Info.View is (RadiographView.Lateral or RadiographView.Oblique)
            ? $"The view is {image.Info.View.ToString().ToLowerInvariant()}, a frontal one was expected, so it was not scored."
            : null;
    }
}
