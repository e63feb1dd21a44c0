namespace CxrNet.Evaluation;

/// <summary>Two methods on the same images: whether one is better is not seen from two intervals that overlap, since most of their width is the images'.</summary>
/// <param name="Method">The method that is compared with.</param>
/// <param name="Metric">A name of <see cref="MapJudge.Metrics"/> or <see cref="EvalX.Metrics"/>.</param>
/// <param name="Gain">Mean and bootstrap interval (of <see cref="BootstrapOptions.Confidence"/>) of the reference's figure less the method's, turned so that above 0 the reference is better.</param>
/// <param name="Images">Images that both have.</param>
public sealed record MapDifference(string Method, string Metric, Interval Gain, int Images)
{
    /// <summary>Of the interval, 0.95 for 95 %.</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>Compares one method with all others, in every figure of which more or less is better.</summary>
    /// <param name="figures">One for each method and image; images are told apart by their subjects.</param>
    /// <param name="reference">The method that the others are compared with.</param>
    /// <param name="options">Seed and replicates of the bootstrap; the defaults where null. Patients are taken from the subjects.</param>
    /// <param name="cancellationToken">Stops the drawing of the intervals.</param>
    /// <returns>Empty where the reference is not among the figures.</returns>
    /// <exception cref="ArgumentException">A method has two figures of one subject.</exception>
    public static IReadOnlyList<MapDifference> Of(IReadOnlyList<MapFigures> figures, string reference, BootstrapOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(figures);
        if (figures.GroupBy(f => (f.Method, f.Subject)).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"'{twice.Key.Method}' has {twice.Count()} figures of '{twice.Key.Subject.Name}', one expected.", nameof(figures));
        }

        Dictionary<MapSubject, MapFigures> own = figures.Where(f => f.Method == reference).ToDictionary(f => f.Subject);
        return
        [
            .. from method in figures.Where(f => f.Method != reference).GroupBy(f => f.Method)
               from metric in MapMetrics.All.Where(m => m.Better != 0)
               let pairs = (from other in method
                            where own.TryGetValue(other.Subject, out MapFigures? mine) && mine.Values.ContainsKey(metric.Name) && other.Values.ContainsKey(metric.Name)
                            select (other.Subject.Patient, Gain: metric.Better * (own[other.Subject].Values[metric.Name] - other.Values[metric.Name]))).ToArray()
               where pairs.Length > 0
               select new MapDifference(method.Key, metric.Name, PatientInterval.Of([.. pairs.Select(p => p.Gain)], [.. pairs.Select(p => p.Patient)], options, cancellationToken), pairs.Length) { Confidence = options?.Confidence ?? new BootstrapOptions().Confidence },
        ];
    }
}
