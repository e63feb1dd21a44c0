using CxrNet.Evaluation;

namespace CxrNet.Cli;

/// <summary>The lungs of the image that is being compared, as the manifest or the phantom has them; a segmenter for any other image.</summary>
internal sealed class CaseLungs(ILungSegmenter? segmenter, ICxrClassifier classifier) : ILungSegmenter
{
    private MapCase? _case;

    public CxrModelCard Card => segmenter?.Card ?? classifier.Card;

    public void Show(MapCase mapCase) => _case = mapCase;

    public IReadOnlyList<LungMask> Segment(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken = default) =>
        [.. images.Select(image => Of(image, cancellationToken))];

    // The segmenter stays its owner's.
    public void Dispose()
    {
    }

    private LungMask Of(GrayImage image, CancellationToken cancellationToken)
    {
        if (_case is not { Lungs: { } lungs, Image: { } whole })
        {
            return segmenter?.Segment(image, cancellationToken) ?? throw new CxrModelException(classifier.Card.Id, "Where the lungs are is not known: the manifest has no mask for the image, and there is no segmenter (--lungs).");
        }

        // At another size it is the same image as the network sees it, stretched, cut or with borders as its card says.
        BinaryMask seen = image.Width == whole.Width && image.Height == whole.Height ? lungs : NetworkView.Of(classifier, whole).Place(lungs);
        return new LungMask(seen.Width, seen.Height, [.. seen.Pixels.ToArray().Select(static p => p ? 1f : 0f)]);
    }
}
