namespace CxrNet.Evaluation;

/// <summary>The interval of a share where several cases may be of one patient: they are right or wrong together, so that Wilson's interval over cases would be too narrow.</summary>
internal static class PatientRatio
{
    /// <summary>Draws patients with replacement; Wilson's interval where each case is a patient of its own.</summary>
    /// <param name="hits">Which cases count.</param>
    /// <param name="patients">Of each case.</param>
    /// <param name="options">Seed, replicates, confidence.</param>
    /// <param name="cancellationToken">Stops the drawing.</param>
    public static Interval Of(bool[] hits, int[] patients, BootstrapOptions options, CancellationToken cancellationToken = default)
    {
        int count = hits.Count(static hit => hit);
        int different = patients.Distinct().Count();
        if (different == hits.Length)
        {
            return WilsonInterval.Of(count, hits.Length, options.Confidence);
        }

        // All samples are the same there, and say nothing of what was not seen: as many trials as there are patients.
        if (count == 0 || count == hits.Length)
        {
            return WilsonInterval.Of(count == 0 ? 0 : different, different, options.Confidence);
        }

        return different == 1
            ? new Interval((double)count / hits.Length, 0, 1)
            : BootstrapInterval.Of(hits.Length, rows => Share(rows, hits), options with { Clusters = patients, Strata = null }, cancellationToken);
    }

    /// <summary>Whether a patient has more than one case.</summary>
    public static bool Applies(BootstrapOptions? options) =>
        options?.Clusters is { } patients && patients.Distinct().Count() < patients.Count;

    private static double Share(ReadOnlySpan<int> rows, bool[] hits)
    {
        int count = 0;
        foreach (int row in rows)
        {
            count += hits[row] ? 1 : 0;
        }

        return (double)count / rows.Length;
    }
}
