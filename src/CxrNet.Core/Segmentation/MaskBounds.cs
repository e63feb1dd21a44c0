namespace CxrNet;

/// <summary>The box around a mask.</summary>
public static class MaskBounds
{
    /// <summary>The smallest rectangle around all inside pixels; allocates nothing.</summary>
    /// <param name="mask">width x height bytes, not 0 inside.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <returns>The rectangle, or null where the mask is empty.</returns>
    /// <exception cref="ArgumentException">The length does not fit the dimensions.</exception>
    public static PixelRegion? Of(ReadOnlySpan<byte> mask, int width, int height)
    {
        PlaneGuard.Check(mask.Length, width, height, nameof(mask));
        int left = width, right = -1, top = -1, bottom = -1;
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<byte> row = mask.Slice(y * width, width);
            int first = row.IndexOfAnyExcept((byte)0);
            if (first < 0)
            {
                continue;
            }

            top = top < 0 ? y : top;
            bottom = y;
            left = Math.Min(left, first);
            right = Math.Max(right, row.LastIndexOfAnyExcept((byte)0));
        }

        return bottom < 0 ? null : new PixelRegion(left, top, right - left + 1, bottom - top + 1);
    }
}
