namespace CxrNet;

/// <summary>Finds the lungs before a classifier sees an image, masks the rest or crops to them, and gives the maps back as maps of the whole image.</summary>
/// <remarks>Safe for concurrent use where its two parts are. It owns both.</remarks>
public sealed class LungFocusedClassifier : DelegatingClassifier
{
    private readonly ILungSegmenter _segmenter;
    private readonly LungHandling _handling;

    /// <summary>Puts a segmenter before a classifier.</summary>
    /// <param name="classifier">Scores what is left.</param>
    /// <param name="segmenter">Finds the lungs.</param>
    /// <param name="handling">What is done with them; what the classifier's card asks for where null, and <see cref="LungHandling.None"/> leaves all.</param>
    /// <exception cref="CxrModelException">The card asks for another handling than the one given.</exception>
    public LungFocusedClassifier(ICxrClassifier classifier, ILungSegmenter segmenter, LungHandling? handling = null)
        : base(classifier)
    {
        ArgumentNullException.ThrowIfNull(segmenter);
        CxrModelCard card = classifier.Card;
        LungHandling asked = card.Input.Lungs;
        if (handling is { } given && asked != LungHandling.None && given != asked)
        {
            throw new CxrModelException(card.Id, $"'{card.Id}' was trained on images with LungHandling.{asked}; LungHandling.{given} was asked for.");
        }

        _segmenter = segmenter;
        _handling = handling ?? asked;
        Card = card with { Input = card.Input with { Lungs = LungHandling.None } };
    }

    /// <summary>The classifier's card, which asks for no lungs any more: they are seen to here.</summary>
    public override CxrModelCard Card { get; }

    /// <summary>Scores images whose lungs are known, for example because the image was changed after they were found.</summary>
    /// <param name="images">Grey planes of any size.</param>
    /// <param name="lungs">One mask per image, of its size.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <exception cref="ArgumentException">The numbers of images and masks differ.</exception>
    public IReadOnlyList<CxrPrediction> Classify(IReadOnlyList<GrayImage> images, IReadOnlyList<LungMask> lungs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(lungs);
        RequireUsable(cancellationToken);
        if (lungs.Count != images.Count)
        {
            throw new ArgumentException($"{lungs.Count} masks come with {images.Count} images.", nameof(lungs));
        }

        LungFocus[] seen = LungFocus.On(ImageList.Require(images, cancellationToken), lungs, _handling);
        IReadOnlyList<CxrPrediction> predictions = Inner.Classify(Array.ConvertAll(seen, static focus => focus.Image), cancellationToken);
        return [.. predictions.Select((prediction, i) => prediction.Map is { } map ? prediction with { Map = seen[i].ToWholeImage(map) } : prediction)];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<CxrPrediction> ClassifyCore(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken) =>
        _handling == LungHandling.None || images.Count == 0
            ? Inner.Classify(images, cancellationToken)
            : Classify(images, _segmenter.Segment(images, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    protected override void DisposeOwned()
    {
        _segmenter.Dispose();
        base.DisposeOwned();
    }
}
