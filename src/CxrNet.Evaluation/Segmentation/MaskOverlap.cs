namespace CxrNet.Evaluation;

/// <summary>How far two masks share their pixels.</summary>
/// <remarks>A figure whose denominator is empty is NaN: of two empty masks nothing can be said, and calling it 1 (or 0) would decide a mean. 0 &lt;= IoU &lt;= Dice &lt;= 1 elsewhere.</remarks>
/// <param name="Truth">Pixels of the truth.</param>
/// <param name="Predicted">Pixels of the prediction.</param>
/// <param name="Common">Pixels of both.</param>
public readonly record struct MaskOverlap(long Truth, long Predicted, long Common)
{
    /// <summary><c>2 |A and B| / (|A| + |B|)</c>: L. R. Dice, Ecology 26 (1945) 297.</summary>
    public double Dice => Ratio.OrNaN(2.0 * Common, Truth + Predicted);

    /// <summary><c>|A and B| / |A or B|</c>: P. Jaccard, 1901.</summary>
    public double IntersectionOverUnion => Ratio.OrNaN(Common, Truth + Predicted - Common);

    /// <summary>The share of the prediction that is true.</summary>
    public double Precision => Ratio.OrNaN(Common, Predicted);

    /// <summary>The share of the truth that was found.</summary>
    public double Recall => Ratio.OrNaN(Common, Truth);

    /// <summary>Counts the pixels.</summary>
    /// <param name="truth">The reference.</param>
    /// <param name="predicted">Of the same size.</param>
    public static MaskOverlap Of(BinaryMask truth, BinaryMask predicted)
    {
        ArgumentNullException.ThrowIfNull(truth);
        truth.RequireSameSize(predicted, nameof(predicted));
        long common = 0;
        for (int i = 0; i < truth.Pixels.Length; i++)
        {
            common += truth.Pixels[i] & predicted.Pixels[i] ? 1 : 0;
        }

        return new MaskOverlap(truth.Count, predicted.Count, common);
    }
}
