namespace CxrNet;

/// <summary>What a classifier gets to see once its card's lung handling is done, and the way back from maps of that to the whole image.</summary>
/// <param name="Image">The image for the classifier.</param>
/// <param name="Part">Where that lies in the whole image.</param>
/// <param name="Whole">The image as it was read.</param>
internal readonly record struct LungFocus(GrayImage Image, PixelRegion Part, GrayImage Whole)
{
    /// <summary>Applies the mask or crops to it, as the card says. The mask may be null only where the card does not ask for it.</summary>
    /// <exception cref="ArgumentException">The mask has another size than the image.</exception>
    public static LungFocus On(GrayImage image, LungMask? mask, LungHandling handling)
    {
        PixelRegion whole = PixelRegion.Whole(image);
        switch (handling)
        {
            case LungHandling.Apply:
                float[] masked = new float[image.Pixels.Length];
                LungMasking.Apply(image, mask!, masked);
                return new LungFocus(new GrayImage(image.Width, image.Height, masked, image.Info), whole, image);
            case LungHandling.Crop:
                LungMasking.RequireSize(image, mask!);
                PixelRegion box = LungCrop.BoxOf(mask!);
                return new LungFocus(Cut(image, box), box, image);
            default:
                return new LungFocus(image, whole, image);
        }
    }

    /// <summary>The same for a batch.</summary>
    public static LungFocus[] On(GrayImage[] images, IReadOnlyList<LungMask> masks, LungHandling handling) =>
        [.. images.Select((image, i) => On(image, masks[i], handling))];

    /// <summary>The same part of another plane that lies over the whole image, of whatever size.</summary>
    public GrayImage Cut(GrayImage plane)
    {
        double across = (double)plane.Width / Whole.Width, down = (double)plane.Height / Whole.Height;
        int left = (int)Math.Round(Part.X * across), top = (int)Math.Round(Part.Y * down);
        int right = Math.Max(left + 1, (int)Math.Round((Part.X + Part.Width) * across)), bottom = Math.Max(top + 1, (int)Math.Round((Part.Y + Part.Height) * down));
        return Cut(plane, new PixelRegion(left, top, right - left, bottom - top));
    }

    /// <summary>A map of <see cref="Image"/> as a map of <see cref="Whole"/>.</summary>
    public Heatmap ToWholeImage(Heatmap map)
    {
        if (Image.Width == Whole.Width && Image.Height == Whole.Height)
        {
            return map;
        }

        PixelRegion moved = map.Region with { X = map.Region.X + Part.X, Y = map.Region.Y + Part.Y };
        return new Heatmap(map.Width, map.Height, map.Values.ToArray(), Whole.Width, Whole.Height, moved) { Method = map.Method, Finding = map.Finding, IsSigned = map.IsSigned };
    }

    private static GrayImage Cut(GrayImage image, PixelRegion box)
    {
        float[] pixels = new float[box.Width * box.Height];
        for (int y = 0; y < box.Height; y++)
        {
            image.Pixels.Slice(((box.Y + y) * image.Width) + box.X, box.Width).CopyTo(pixels.AsSpan(y * box.Width));
        }

        return new GrayImage(box.Width, box.Height, pixels, image.Info);
    }
}
