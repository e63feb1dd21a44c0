namespace CxrNet.Evaluation;

/// <summary>The mean of a figure over images, with its bootstrap interval: what a table of methods and metrics shows.</summary>
public static class MeanInterval
{
    /// <summary>The mean of the values that are not NaN.</summary>
    /// <param name="values">One or more, one per image.</param>
    /// <param name="options">Seed, strata and patients; the defaults where null.</param>
    /// <returns>NaN where every value is.</returns>
    public static Interval Of(IReadOnlyList<double> values, BootstrapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        return BootstrapInterval.Of(values.Count, Mean, options);

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
