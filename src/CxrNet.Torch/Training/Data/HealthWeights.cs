namespace CxrNet.Torch.Training;

/// <summary>How much "healthy or diseased" counts for each image: 1 where its source has both kinds, less where it has one.</summary>
internal static class HealthWeights
{
    public static float[] Of(IReadOnlyList<int> labels, IReadOnlyList<string> sources, int healthy, double single)
    {
        HashSet<string> both = [.. sources.Zip(labels).GroupBy(static pair => pair.First, pair => pair.Second == healthy).Where(static g => g.Distinct().Count() == 2).Select(static g => g.Key)];
        return [.. sources.Select(source => both.Contains(source) ? 1f : (float)single)];
    }

    /// <summary>The index of the class that the options call healthy.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    public static int IndexOfHealthy(IReadOnlyList<string> classes, TrainingOptions options) =>
        classes.ToList().IndexOf(options.HealthyClass) is >= 0 and var index
            ? index
            : throw new ArgumentException($"No class is called '{options.HealthyClass}'; {string.Join(", ", classes)} are there. Name the healthy one.", nameof(options));
}
