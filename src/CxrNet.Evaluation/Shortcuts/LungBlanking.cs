namespace CxrNet.Evaluation;

/// <summary>An image without its lungs, or without everything else: what a classifier still says then is what it leans on.</summary>
/// <remarks>What is taken out becomes the mean of the whole image, which a network that standardises its input sees as nothing.</remarks>
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
        float mean = (float)pixels.Average(static p => (double)p);
        for (int i = 0; i < pixels.Length; i++)
        {
            bool inside = lungs.Probabilities[i] >= lungs.Threshold;
            pixels[i] = inside == keepLungs ? pixels[i] : mean;
        }

        return new GrayImage(image.Width, image.Height, pixels, image.Info);
    }
}
