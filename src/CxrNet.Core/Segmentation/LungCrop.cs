using System.Buffers;

namespace CxrNet;

/// <summary>The box around the lungs.</summary>
public static class LungCrop
{
    /// <summary>The margin that <see cref="LungHandling.Crop"/> leaves on each side: 5 % of the box's longer side.</summary>
    public const float DefaultMargin = 0.05f;

    /// <summary>The smallest box around all lung pixels, widened by a margin and cut at the image's border; allocates nothing.</summary>
    /// <param name="mask">Where the lungs are.</param>
    /// <param name="margin">Added on each side, as a share of the box's longer side; 0 or more.</param>
    /// <returns>The box; the whole image where the mask holds no lung.</returns>
    public static PixelRegion BoxOf(LungMask mask, float margin = DefaultMargin)
    {
        ArgumentNullException.ThrowIfNull(mask);
        ArgumentOutOfRangeException.ThrowIfNegative(margin);
        int length = mask.Probabilities.Length;
        byte[] inside = ArrayPool<byte>.Shared.Rent(length);
        MaskThreshold.Apply(mask.Probabilities, mask.Threshold, inside);
        PixelRegion? bounds = MaskBounds.Of(inside.AsSpan(0, length), mask.Width, mask.Height);
        ArrayPool<byte>.Shared.Return(inside);
        return bounds is { } box ? Widen(box, margin, mask.Width, mask.Height) : PixelRegion.Whole(mask.Width, mask.Height);
    }

    private static PixelRegion Widen(PixelRegion box, float margin, int width, int height)
    {
        int extra = (int)MathF.Round(margin * Math.Max(box.Width, box.Height));
        int left = Math.Max(0, box.X - extra), top = Math.Max(0, box.Y - extra);
        int right = Math.Min(width, box.X + box.Width + extra), bottom = Math.Min(height, box.Y + box.Height + extra);
        return new PixelRegion(left, top, right - left, bottom - top);
    }
}
