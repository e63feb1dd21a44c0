namespace CxrNet.Evaluation;

/// <summary>The percentile interval of any figure: B. Efron, Ann. Statist. 7 (1979) 1; by patient where rows are not independent.</summary>
public static class BootstrapInterval
{
    /// <summary>Draws samples with replacement and reads the interval off the figure's distribution.</summary>
    /// <param name="rows">How many rows the data has, 1 or more.</param>
    /// <param name="figure">The figure of a sample, given the indices of its rows; NaN where it is not defined.</param>
    /// <param name="options">Seed, strata and patients; the defaults where null.</param>
    /// <param name="cancellationToken">Stops the drawing.</param>
    /// <returns>The figure of the data itself, with percentiles (linear interpolation) of the samples where it is defined; NaN where there is none.</returns>
    public static Interval Of(int rows, Func<ReadOnlySpan<int>, double> figure, BootstrapOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        ArgumentNullException.ThrowIfNull(figure);
        options ??= new BootstrapOptions();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Replicates, nameof(options));
        Guard.Confidence(options.Confidence);
        int[][][] strata = Units(rows, options);
        SplitMix64 random = new(options.Seed);
        List<int> sample = new(rows);
        List<double> figures = new(options.Replicates);
        for (int replicate = 0; replicate < options.Replicates; replicate++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            sample.Clear();
            foreach (int[][] units in strata)
            {
                for (int i = 0; i < units.Length; i++)
                {
                    sample.AddRange(units[random.Below(units.Length)]);
                }
            }

            double value = figure(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(sample));
            if (!double.IsNaN(value))
            {
                figures.Add(value);
            }
        }

        figures.Sort();
        double tail = (1 - options.Confidence) / 2;
        ReadOnlySpan<double> sorted = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(figures);
        return new Interval(figure([.. Enumerable.Range(0, rows)]), Percentile.OfSorted(sorted, tail), Percentile.OfSorted(sorted, 1 - tail));
    }

    private static int[][][] Units(int rows, BootstrapOptions options)
    {
        Guard.SameLength(rows, options.Strata?.Count ?? rows, nameof(options));
        Guard.SameLength(rows, options.Clusters?.Count ?? rows, nameof(options));
        return [.. Enumerable.Range(0, rows)
            .GroupBy(i => options.Clusters?[i] ?? i)
            .Select(unit => unit.ToArray())
            .GroupBy(unit => options.Strata?[unit[0]] ?? 0)
            .Select(stratum => stratum.ToArray())];
    }
}
