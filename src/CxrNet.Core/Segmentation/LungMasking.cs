namespace CxrNet;

/// <summary>Hides what is not lung.</summary>
public static class LungMasking
{
    /// <summary>Computes <c>destination = image where the mask is lung, outside elsewhere</c>; allocates nothing.</summary>
    /// <param name="image">The grey plane.</param>
    /// <param name="mask">A mask of the same size; where it holds no lung at all the image is left as it is, since nothing of it would remain.</param>
    /// <param name="destination">Receives width x height values.</param>
    /// <param name="outside">The constant for everything that is not lung; black by default.</param>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static void Apply(GrayImage image, LungMask mask, Span<float> destination, float outside = 0)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(mask);
        RequireSize(image, mask);
        PlaneGuard.Check(destination.Length, image.Width, image.Height, nameof(destination));
        ReadOnlySpan<float> pixels = image.Pixels;
        ReadOnlySpan<float> lungs = mask.Probabilities;
        bool any = false;
        for (int i = 0; i < destination.Length; i++)
        {
            bool inside = lungs[i] >= mask.Threshold;
            any |= inside;
            destination[i] = inside ? pixels[i] : outside;
        }

        if (!any)
        {
            pixels.CopyTo(destination);
        }
    }

    internal static void RequireSize(GrayImage image, LungMask mask)
    {
        if (mask.Width != image.Width || mask.Height != image.Height)
        {
            throw new ArgumentException($"The mask is {mask.Width} x {mask.Height}, its image {image.Width} x {image.Height}.", nameof(mask));
        }
    }
}
