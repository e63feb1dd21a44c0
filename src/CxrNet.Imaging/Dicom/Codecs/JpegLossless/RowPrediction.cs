namespace CxrNet.Imaging.Dicom.Codecs.JpegLossless;

/// <summary>Turns a row of differences into samples, in place (ITU-T T.81 H.1.2.1); sums are modulo 2^16.</summary>
internal static class RowPrediction
{
    /// <summary>The first row of a scan or restart interval: each sample from its left neighbour.</summary>
    /// <returns>The bitwise or of all samples, for the range check.</returns>
    public static int First(Span<int> row, int stride, int initial)
    {
        int left = initial;
        int seen = 0;
        for (int x = 0; x < row.Length; x += stride)
        {
            left = (ushort)(left + row[x]);
            seen |= left;
            row[x] = left;
        }

        return seen;
    }

    /// <summary>Any other row, by the predictor (1 to 7) that the scan selects.</summary>
    /// <returns>The bitwise or of all samples, for the range check.</returns>
    public static int Next(int predictor, Span<int> row, ReadOnlySpan<int> above, int stride) => predictor switch
    {
        1 => Next<LeftPredictor>(row, above, stride),
        2 => Next<AbovePredictor>(row, above, stride),
        3 => Next<CornerPredictor>(row, above, stride),
        4 => Next<PlanePredictor>(row, above, stride),
        5 => Next<LeftSlopePredictor>(row, above, stride),
        6 => Next<AboveSlopePredictor>(row, above, stride),
        _ => Next<MeanPredictor>(row, above, stride),
    };

    private static int Next<TPredictor>(Span<int> row, ReadOnlySpan<int> above, int stride)
        where TPredictor : struct, IPredictor
    {
        above = above[..row.Length];
        int corner = above[0];
        int left = (ushort)(corner + row[0]);
        int seen = left;
        row[0] = left;
        for (int x = stride; x < row.Length; x += stride)
        {
            int over = above[x];
            left = (ushort)(TPredictor.Predict(left, over, corner) + row[x]);
            corner = over;
            seen |= left;
            row[x] = left;
        }

        return seen;
    }
}
