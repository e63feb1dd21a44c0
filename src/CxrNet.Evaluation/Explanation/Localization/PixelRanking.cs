namespace CxrNet.Evaluation;

/// <summary>The map as a classifier of pixels.</summary>
/// <param name="RocArea">The chance that a pixel of the mask outranks one outside; NaN where one of them is empty.</param>
/// <param name="AveragePrecision">Area below the precision-recall curve; NaN for an empty mask.</param>
/// <param name="BaseRate">The mask's share of the pixels: the average precision of a random map.</param>
public readonly record struct PixelRanking(double RocArea, double AveragePrecision, double BaseRate)
{
    /// <summary>Ranks the pixels.</summary>
    /// <param name="map">One value per pixel of the mask.</param>
    /// <param name="mask">The target.</param>
    /// <exception cref="ArgumentException">The map has another size than the mask, or holds NaN.</exception>
    public static PixelRanking Of(ReadOnlySpan<float> map, BinaryMask mask)
    {
        MapGuard.Check(map, mask);
        double[] scores = new double[map.Length];
        System.Numerics.Tensors.TensorPrimitives.ConvertChecked(map, scores.AsSpan());
        PrecisionRecallCurve curve = PrecisionRecallCurve.From(scores, mask.Pixels);
        return new PixelRanking(Evaluation.RocArea.Of(scores, mask.Pixels), curve.AveragePrecision, curve.BaseRate);
    }
}
