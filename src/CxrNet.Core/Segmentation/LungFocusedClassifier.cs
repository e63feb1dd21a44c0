namespace CxrNet;

/// <summary>Does the lung handling that a classifier's card asks for before it sees an image: finds the lungs, masks the rest or crops to them, and gives the maps back as maps of the whole image.</summary>
/// <remarks>Safe for concurrent use where its two parts are. It owns them: disposing of it disposes of both.</remarks>
public sealed class LungFocusedClassifier : ICxrClassifier
{
    private readonly ICxrClassifier _classifier;
    private readonly ILungSegmenter _segmenter;
    private readonly LungHandling _handling;

    /// <summary>Puts a segmenter before a classifier.</summary>
    /// <param name="classifier">Scores what is left; its card's lung handling says what that is, and <see cref="LungHandling.None"/> leaves all.</param>
    /// <param name="segmenter">Finds the lungs.</param>
    public LungFocusedClassifier(ICxrClassifier classifier, ILungSegmenter segmenter)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        ArgumentNullException.ThrowIfNull(segmenter);
        (_classifier, _segmenter) = (classifier, segmenter);
        _handling = classifier.Card.Input.Lungs;
        Card = classifier.Card with { Input = classifier.Card.Input with { Lungs = LungHandling.None } };
    }

    /// <summary>The classifier's card, which asks for no lungs any more: they are seen to here.</summary>
    public CxrModelCard Card { get; }

    /// <inheritdoc/>
    public IReadOnlyList<CxrPrediction> Classify(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        if (_handling == LungHandling.None)
        {
            return _classifier.Classify(images, cancellationToken);
        }

        return Classify(images, _segmenter.Segment(images, cancellationToken), cancellationToken);
    }

    /// <summary>Scores images whose lungs are known, for example because the image was changed after they were found.</summary>
    /// <param name="images">Grey planes of any size.</param>
    /// <param name="lungs">One mask per image, of its size.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <exception cref="ArgumentException">The numbers of images and masks differ.</exception>
    public IReadOnlyList<CxrPrediction> Classify(IReadOnlyList<GrayImage> images, IReadOnlyList<LungMask> lungs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(lungs);
        if (lungs.Count != images.Count)
        {
            throw new ArgumentException($"{lungs.Count} masks come with {images.Count} images.", nameof(lungs));
        }

        LungFocus[] seen = [.. images.Select((image, i) => LungFocus.On(image, lungs[i], _handling))];
        IReadOnlyList<CxrPrediction> predictions = _classifier.Classify(Array.ConvertAll(seen, static focus => focus.Image), cancellationToken);
        return [.. predictions.Select((prediction, i) => prediction.Map is { } map ? prediction with { Map = seen[i].ToWholeImage(map) } : prediction)];
    }

    /// <summary>Disposes of both parts.</summary>
    public void Dispose()
    {
        _segmenter.Dispose();
        _classifier.Dispose();
    }
}
