namespace CxrNet.Evaluation;

/// <summary>How far the outlines of two masks lie apart, in the unit of the spacing.</summary>
/// <remarks>
/// The surface of a mask is its pixels that have one of their four neighbours outside (the image's outside counts as outside). Percentiles with linear interpolation.
/// Two conventions of the 95th percentile are in use and both are given; state which. Without a pixel in either mask nothing is defined: <see cref="Between"/> returns null.
/// </remarks>
public sealed record SurfaceDistances
{
    /// <summary>Mean distance from the truth's surface to the prediction's.</summary>
    public required double MeanTruthToPredicted { get; init; }

    /// <summary>Mean distance from the prediction's surface to the truth's.</summary>
    public required double MeanPredictedToTruth { get; init; }

    /// <summary>The largest distance in either direction.</summary>
    public required double Hausdorff { get; init; }

    /// <summary>The larger of the two directed 95th percentiles (MONAI's way).</summary>
    public required double Hausdorff95MaxOfDirected { get; init; }

    /// <summary>The 95th percentile of both directions together (medpy's way).</summary>
    public required double Hausdorff95Pooled { get; init; }

    /// <summary>Average symmetric surface distance: the mean over both directions together.</summary>
    public required double AveragePooled { get; init; }

    /// <summary>The mean of the two directed means.</summary>
    public double AverageMeanOfDirected => (MeanTruthToPredicted + MeanPredictedToTruth) / 2;

    /// <summary>Pixels of the truth's surface.</summary>
    public required int TruthSurface { get; init; }

    /// <summary>Pixels of the prediction's surface.</summary>
    public required int PredictedSurface { get; init; }

    /// <summary>Measures two masks.</summary>
    /// <param name="truth">The reference.</param>
    /// <param name="predicted">Of the same size.</param>
    /// <param name="spacing">Of the pixels.</param>
    /// <returns>Null where a mask is empty.</returns>
    public static SurfaceDistances? Between(BinaryMask truth, BinaryMask predicted, PixelSpacing spacing)
    {
        ArgumentNullException.ThrowIfNull(truth);
        truth.RequireSameSize(predicted, nameof(predicted));
        if (truth.Count == 0 || predicted.Count == 0)
        {
            return null;
        }

        BinaryMask truthSurface = MaskSurface.Of(truth);
        BinaryMask predictedSurface = MaskSurface.Of(predicted);
        double[] there = Directed(truthSurface, predictedSurface, spacing);
        double[] back = Directed(predictedSurface, truthSurface, spacing);
        double[] both = [.. there, .. back];
        Array.Sort(both);
        return new SurfaceDistances
        {
            MeanTruthToPredicted = there.Average(),
            MeanPredictedToTruth = back.Average(),
            Hausdorff = both[^1],
            Hausdorff95MaxOfDirected = Math.Max(Percentile.OfSorted(there, 0.95), Percentile.OfSorted(back, 0.95)),
            Hausdorff95Pooled = Percentile.OfSorted(both, 0.95),
            AveragePooled = both.Average(),
            TruthSurface = there.Length,
            PredictedSurface = back.Length,
        };
    }

    private static double[] Directed(BinaryMask from, BinaryMask to, PixelSpacing spacing)
    {
        double[] distances = DistanceTransform.To(to, spacing);
        double[] directed = new double[from.Count];
        for (int i = 0, n = 0; i < distances.Length; i++)
        {
            if (from.Pixels[i])
            {
                directed[n++] = distances[i];
            }
        }

        Array.Sort(directed);
        return directed;
    }
}
