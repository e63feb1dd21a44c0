namespace CxrNet.Evaluation;

/// <summary>The strongest pixels of a map against a mask. Equal values count in row-major order.</summary>
public static class MapOverlap
{
    /// <summary>The overlap of the mask with as many of the map's highest pixels as are asked for.</summary>
    /// <param name="map">One value per pixel of the mask.</param>
    /// <param name="mask">The target.</param>
    /// <param name="count">0 … the number of pixels.</param>
    /// <exception cref="ArgumentException">The map has another size than the mask, or holds NaN.</exception>
    public static MaskOverlap Top(ReadOnlySpan<float> map, BinaryMask mask, int count)
    {
        MapGuard.Check(map, mask);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, map.Length);
        int common = 0;
        foreach (int pixel in MapGuard.Descending(map).AsSpan(0, count))
        {
            common += mask.Pixels[pixel] ? 1 : 0;
        }

        return new MaskOverlap(mask.Count, count, common);
    }

    /// <summary>The overlap of the mask with the pixels that reach a value.</summary>
    /// <param name="map">One value per pixel of the mask.</param>
    /// <param name="mask">The target.</param>
    /// <param name="threshold">In the map's own unit.</param>
    /// <exception cref="ArgumentException">The map has another size than the mask, or holds NaN.</exception>
    public static MaskOverlap AtLeast(ReadOnlySpan<float> map, BinaryMask mask, float threshold)
    {
        MapGuard.Check(map, mask);
        return MaskOverlap.Of(mask, BinaryMask.AtLeast(mask.Width, mask.Height, map, threshold));
    }

    /// <summary>Relevance rank accuracy: the share of the mask among as many of the highest pixels as the mask has. NaN for an empty mask.</summary>
    /// <remarks>L. Arras, A. Osman, W. Samek, Information Fusion 81 (2022) 14 (arXiv 2003.07258).</remarks>
    /// <param name="map">One value per pixel of the mask.</param>
    /// <param name="mask">The target.</param>
    public static double RelevanceRankAccuracy(ReadOnlySpan<float> map, BinaryMask mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        return Top(map, mask, mask.Count).Recall;
    }
}
