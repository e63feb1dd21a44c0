namespace CxrNet.Cli;

/// <summary>An image with its card's lung handling done, as a classifier that is called on its own expects it.</summary>
/// <param name="Image">What is classified and explained.</param>
/// <param name="Lungs">The lungs on it; null where they are not known.</param>
internal sealed record SeenImage(GrayImage Image, LungMask? Lungs)
{
    private PixelRegion? _part;
    private (int Width, int Height) _whole;

    /// <summary>A map of <see cref="Image"/> as a map of the image as it was read.</summary>
    public Heatmap OnWholeImage(Heatmap map)
    {
        if (_part is not { } part)
        {
            return map;
        }

        PixelRegion moved = map.Region with { X = map.Region.X + part.X, Y = map.Region.Y + part.Y };
        return new Heatmap(map.Width, map.Height, map.Values.ToArray(), _whole.Width, _whole.Height, moved) { Method = map.Method, Finding = map.Finding, IsSigned = map.IsSigned };
    }

    /// <summary>A mask of the image as it was read as a mask of <see cref="Image"/>.</summary>
    public LungMask OfWholeImage(LungMask mask) =>
        _part is { } part ? new LungMask(part.Width, part.Height, Cut(mask.Probabilities, mask.Width, part), mask.Threshold) : mask;

    /// <summary>Applies or crops.</summary>
    /// <exception cref="CxrModelException">The card asks for lungs and there are none.</exception>
    public static SeenImage Of(GrayImage image, LungMask? lungs, CxrModelCard card)
    {
        if (card.Input.Lungs == LungHandling.None)
        {
            return new SeenImage(image, lungs);
        }

        if (lungs is null)
        {
            throw NoLungs(card);
        }

        if (card.Input.Lungs == LungHandling.Apply)
        {
            float[] masked = new float[image.Pixels.Length];
            LungMasking.Apply(image, lungs, masked);
            return new SeenImage(new GrayImage(image.Width, image.Height, masked, image.Info), lungs);
        }

        PixelRegion box = LungCrop.BoxOf(lungs);
        return new SeenImage(
            new GrayImage(box.Width, box.Height, Cut(image.Pixels, image.Width, box), image.Info),
            new LungMask(box.Width, box.Height, Cut(lungs.Probabilities, lungs.Width, box), lungs.Threshold))
        {
            _part = box,
            _whole = (image.Width, image.Height),
        };
    }

    /// <summary>What is said where the card asks for lungs and there are none.</summary>
    public static CxrModelException NoLungs(CxrModelCard card) =>
        new(card.Id, $"'{card.Id}' was trained on images with LungHandling.{card.Input.Lungs}; name a lung segmenter with --lungs.");

    private static float[] Cut(ReadOnlySpan<float> plane, int width, PixelRegion box)
    {
        float[] part = new float[box.Width * box.Height];
        for (int y = 0; y < box.Height; y++)
        {
            plane.Slice(((box.Y + y) * width) + box.X, box.Width).CopyTo(part.AsSpan(y * box.Width));
        }

        return part;
    }
}
