namespace CxrNet;

/// <summary>Where an image lands in a network's input: what part of the image is read, and into which part of the input it is resized.</summary>
/// <param name="Source">The part of the image that is read.</param>
/// <param name="Target">The part of the input that it fills; the rest is black.</param>
/// <param name="Covered">The part of the image that the whole input stands for; beyond the image where the input is padded.</param>
internal readonly record struct InputFrame(PixelRegion Source, PixelRegion Target, PixelRegion Covered)
{
    /// <summary>Lays out one image.</summary>
    /// <param name="part">The part of the image to use: all of it, or the lungs' box.</param>
    /// <param name="input">Size and geometry of the input.</param>
    public static InputFrame Of(PixelRegion part, CardInput input) => input.Geometry switch
    {
        InputGeometry.CenterCrop => Cropped(part, input),
        InputGeometry.Letterbox => Padded(part, input),
        _ => new(part, PixelRegion.Whole(input.Width, input.Height), part),
    };

    // torchxrayvision's convention: the crop starts at size / 2 - crop / 2, both rounded down.
    private static InputFrame Cropped(PixelRegion part, CardInput input)
    {
        int width = Math.Clamp((int)Math.Round((double)part.Height * input.Width / input.Height), 1, part.Width);
        int height = Math.Clamp((int)Math.Round((double)part.Width * input.Height / input.Width), 1, part.Height);
        PixelRegion crop = new(part.X + (part.Width / 2) - (width / 2), part.Y + (part.Height / 2) - (height / 2), width, height);
        return new(crop, PixelRegion.Whole(input.Width, input.Height), crop);
    }

    private static InputFrame Padded(PixelRegion part, CardInput input)
    {
        double scale = Math.Min((double)input.Width / part.Width, (double)input.Height / part.Height);
        int width = Math.Clamp((int)Math.Round(part.Width * scale), 1, input.Width);
        int height = Math.Clamp((int)Math.Round(part.Height * scale), 1, input.Height);
        PixelRegion target = new((input.Width - width) / 2, (input.Height - height) / 2, width, height);
        double across = (double)part.Width / width, down = (double)part.Height / height;
        PixelRegion covered = new(
            part.X - (int)Math.Round(target.X * across),
            part.Y - (int)Math.Round(target.Y * down),
            (int)Math.Round(input.Width * across),
            (int)Math.Round(input.Height * down));
        return new(part, target, covered);
    }

    /// <summary>Moves a picture that was written densely to the start of a plane to its place in it, and blackens the rest.</summary>
    public static void Spread(Span<float> plane, int width, PixelRegion target)
    {
        if (target.Width * target.Height == plane.Length)
        {
            return;
        }

        // From the last row on: a row never lands on one that has still to be moved.
        for (int y = target.Height - 1; y >= 0; y--)
        {
            plane.Slice(y * target.Width, target.Width).CopyTo(plane[(((target.Y + y) * width) + target.X)..]);
        }

        plane[..((target.Y * width) + target.X)].Clear();
        for (int y = target.Y; y < target.Y + target.Height - 1; y++)
        {
            plane.Slice((y * width) + target.X + target.Width, width - target.Width).Clear();
        }

        plane[(((target.Y + target.Height - 1) * width) + target.X + target.Width)..].Clear();
    }
}
