namespace CxrNet.Evaluation;

/// <summary>The mean of a figure over images, with its bootstrap interval: what a table of methods and metrics shows.</summary>
public static class MeanInterval
{
    /// <summary>The mean of the values that are not NaN.</summary>
    /// <param name="values">One or more, one per image.</param>
    /// <param name="options">Seed, strata and patients; the defaults where null.</param>
    /// <param name="cancellationToken">Stops the drawing.</param>
    /// <returns>NaN where every value is. The ends are NaN where no sample differs from another, for example of one image.</returns>
    public static Interval Of(IReadOnlyList<double> values, BootstrapOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        return ScoreIntervals.Told(BootstrapInterval.Of(values.Count, Mean, options, cancellationToken));

        double Mean(ReadOnlySpan<int> rows)
        {
            double sum = 0;
            int count = 0;
            foreach (int row in rows)
            {
                if (!double.IsNaN(values[row]))
                {
                    sum += values[row];
                    count++;
                }
            }

            return Ratio.OrNaN(sum, count);
        }
    }
}
