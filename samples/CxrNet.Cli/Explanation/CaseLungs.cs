using CxrNet.Evaluation;

namespace CxrNet.Cli;

/// <summary>The lungs of the image that is being compared, as the manifest or the phantom has them; a segmenter for any other image.</summary>
internal sealed class CaseLungs(ILungSegmenter? segmenter, CxrModelCard card) : ILungSegmenter
{
    private MapCase? _case;

    public CxrModelCard Card => segmenter?.Card ?? card;

    public void Show(MapCase mapCase) => _case = mapCase;

    public IReadOnlyList<LungMask> Segment(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken = default) =>
        [.. images.Select(image => Of(image, cancellationToken))];

    // The segmenter stays its owner's.
    public void Dispose()
    {
    }

    private LungMask Of(GrayImage image, CancellationToken cancellationToken)
    {
        if (_case?.Lungs is not { } lungs)
        {
            return segmenter?.Segment([image], cancellationToken)[0] ?? throw new CxrModelException(card.Id, "Where the lungs are is not known: the manifest has no mask for the image, and there is no segmenter (--lungs).");
        }

        // At another size it is the same image as the network sees it.
        float[] mask = [.. lungs.Pixels.ToArray().Select(p => p ? 1f : 0f)];
        float[] sized = new float[image.Width * image.Height];
        Resizer.Resize(mask, lungs.Width, lungs.Height, sized, image.Width, image.Height, ResizeFilter.Bilinear);
        return new LungMask(image.Width, image.Height, sized);
    }
}
