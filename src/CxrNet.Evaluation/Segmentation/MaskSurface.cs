namespace CxrNet.Evaluation;

/// <summary>The outline of a mask.</summary>
public static class MaskSurface
{
    /// <summary>The mask's pixels that an erosion with the four neighbours removes; beyond the image's border nothing is set.</summary>
    public static BinaryMask Of(BinaryMask mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        bool[] surface = new bool[mask.Pixels.Length];
        for (int y = 0; y < mask.Height; y++)
        {
            for (int x = 0; x < mask.Width; x++)
            {
                bool inside = x > 0 && x < mask.Width - 1 && y > 0 && y < mask.Height - 1
                    && mask[x - 1, y] && mask[x + 1, y] && mask[x, y - 1] && mask[x, y + 1];
                surface[(y * mask.Width) + x] = mask[x, y] && !inside;
            }
        }

        return new BinaryMask(mask.Width, mask.Height, surface);
    }
}
