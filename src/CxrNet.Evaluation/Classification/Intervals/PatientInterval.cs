namespace CxrNet.Evaluation;

/// <summary>The mean over images with its bootstrap interval, images of one patient drawn together.</summary>
internal static class PatientInterval
{
    /// <param name="values">One per image.</param>
    /// <param name="patients">One per image; an empty one is its own.</param>
    /// <param name="options">Seed and replicates.</param>
    /// <param name="cancellationToken">Stops the drawing.</param>
    public static Interval Of(IReadOnlyList<double> values, IReadOnlyList<string> patients, BootstrapOptions? options, CancellationToken cancellationToken) =>
        MeanInterval.Of(values, (options ?? new BootstrapOptions()) with { Clusters = PatientClusters.Of(patients) }, cancellationToken);
}
