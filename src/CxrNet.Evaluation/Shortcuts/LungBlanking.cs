namespace CxrNet.Evaluation;

/// <summary>An image without its lungs, or without everything else: what a classifier still says then is what it leans on.</summary>
/// <remarks>
/// What is taken out becomes the mean of what is left, so the mean of the new image too: a network that standardises its input sees 0 there, its own padding.
/// With the mean of the image as it was, the part would be a flat shape, brighter or darker than the rest, which has the lungs' outline still.
/// </remarks>
public static class LungBlanking
{
    /// <summary>Everything but the lungs' pixels.</summary>
    /// <param name="image">The image.</param>
    /// <param name="lungs">Of the same size.</param>
    public static GrayImage WithoutLungs(GrayImage image, LungMask lungs) => Blank(image, lungs, keepLungs: false);

    /// <summary>The lungs' pixels alone.</summary>
    /// <param name="image">The image.</param>
    /// <param name="lungs">Of the same size.</param>
    public static GrayImage LungsAlone(GrayImage image, LungMask lungs) => Blank(image, lungs, keepLungs: true);

    private static GrayImage Blank(GrayImage image, LungMask lungs, bool keepLungs)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(lungs);
        if (lungs.Width != image.Width || lungs.Height != image.Height)
        {
            throw new ArgumentException($"A mask of {lungs.Width} x {lungs.Height} given, {image.Width} x {image.Height} expected.", nameof(lungs));
        }

        float[] pixels = image.Pixels.ToArray();
        bool[] kept = Array.ConvertAll(lungs.Probabilities.ToArray(), p => p >= lungs.Threshold == keepLungs);

        // Where nothing is left there is no contrast either, whatever the value.
        float mean = (float)pixels.Where((_, i) => kept[i]).DefaultIfEmpty().Average(static p => (double)p);
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = kept[i] ? pixels[i] : mean;
        }

        return new GrayImage(image.Width, image.Height, pixels, image.Info);
    }
}
