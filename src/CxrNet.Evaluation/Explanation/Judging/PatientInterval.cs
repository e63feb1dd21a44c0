namespace CxrNet.Evaluation;

/// <summary>The mean over images with its bootstrap interval, images of one patient drawn together.</summary>
internal static class PatientInterval
{
    /// <param name="values">One per image.</param>
    /// <param name="patients">One per image; an empty one is its own.</param>
    /// <param name="options">Seed and replicates.</param>
    public static Interval Of(IReadOnlyList<double> values, IReadOnlyList<string> patients, BootstrapOptions? options) =>
        MeanInterval.Of(values, (options ?? new BootstrapOptions()) with { Clusters = NumbersOf(patients) });

    /// <summary>The patients as numbers.</summary>
    /// <param name="patients">One per image; an empty one is its own.</param>
    public static int[] NumbersOf(IReadOnlyList<string> patients)
    {
        Dictionary<string, int> numbers = new(StringComparer.Ordinal);
        return [.. patients.Select((patient, i) => NumberOf(patient.Length > 0 ? patient : $"#{i}"))];

        int NumberOf(string patient)
        {
            numbers.TryAdd(patient, numbers.Count);
            return numbers[patient];
        }
    }
}
