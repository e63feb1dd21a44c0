namespace CxrNet;

/// <summary>The box around the lungs.</summary>
public static class LungCrop
{
    /// <summary>The margin that <see cref="LungHandling.Crop"/> leaves on each side: 5 % of the box's longer side.</summary>
    public const float DefaultMargin = 0.05f;

    /// <summary>The smallest box around all lung pixels, widened by a margin and cut at the image's border.</summary>
    /// <param name="mask">Where the lungs are.</param>
    /// <param name="margin">Added on each side, as a share of the box's longer side; 0 or more.</param>
    /// <returns>The box; the whole image where the mask holds no lung.</returns>
    public static PixelRegion BoxOf(LungMask mask, float margin = DefaultMargin)
    {
        ArgumentNullException.ThrowIfNull(mask);
        ArgumentOutOfRangeException.ThrowIfNegative(margin);
        int left = mask.Width, top = mask.Height, right = -1, bottom = -1;
        for (int y = 0; y < mask.Height; y++)
        {
            ReadOnlySpan<float> row = mask.Probabilities.Slice(y * mask.Width, mask.Width);
            for (int x = 0; x < row.Length; x++)
            {
                if (row[x] >= mask.Threshold)
                {
                    left = Math.Min(left, x);
                    right = Math.Max(right, x);
                    top = Math.Min(top, y);
                    bottom = y;
                }
            }
        }

        if (bottom < 0)
        {
            return PixelRegion.Whole(mask.Width, mask.Height);
        }

        int extra = (int)MathF.Round(margin * Math.Max(right - left + 1, bottom - top + 1));
        left = Math.Max(0, left - extra);
        top = Math.Max(0, top - extra);
        return new PixelRegion(left, top, Math.Min(mask.Width, right + extra + 1) - left, Math.Min(mask.Height, bottom + extra + 1) - top);
    }
}
