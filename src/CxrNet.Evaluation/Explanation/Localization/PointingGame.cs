namespace CxrNet.Evaluation;

/// <summary>Whether a map's peak lies on the target: J. Zhang et al., Excitation Backprop, IJCV 126 (2018) 1084.</summary>
/// <param name="X">Column of the peak, the first maximum in row-major order.</param>
/// <param name="Y">Row of the peak.</param>
/// <param name="DistanceToMask">Pixels from the peak to the nearest pixel of the mask, centre to centre; 0 on the mask, infinite for an empty one.</param>
public readonly record struct PointingGame(int X, int Y, double DistanceToMask)
{
    /// <summary>Whether the peak lies on the mask, or no further from it than the tolerance.</summary>
    /// <param name="tolerance">In pixels; 0 by default, 15 in the paper.</param>
    public bool IsHit(double tolerance = 0) => DistanceToMask <= tolerance;

    /// <summary>Plays one round.</summary>
    /// <param name="map">One value per pixel of the mask.</param>
    /// <param name="mask">The target.</param>
    /// <exception cref="ArgumentException">The map has another size than the mask, or holds NaN.</exception>
    public static PointingGame Of(ReadOnlySpan<float> map, BinaryMask mask)
    {
        MapGuard.Check(map, mask);
        int peak = 0;
        for (int i = 1; i < map.Length; i++)
        {
            peak = map[i] > map[peak] ? i : peak;
        }

        return new PointingGame(peak % mask.Width, peak / mask.Width, DistanceTransform.To(mask, PixelSpacing.Pixels)[peak]);
    }
}
