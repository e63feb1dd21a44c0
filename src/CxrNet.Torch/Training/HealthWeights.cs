namespace CxrNet.Torch.Training;

/// <summary>How much "healthy or diseased" counts for each image: 1 where its source has both kinds, less where it has one.</summary>
internal static class HealthWeights
{
    public static float[] Of(IReadOnlyList<int> labels, IReadOnlyList<string> sources, int healthy, double single)
    {
        HashSet<string> both = [.. sources.Zip(labels).GroupBy(static pair => pair.First, pair => pair.Second == healthy).Where(static g => g.Distinct().Count() == 2).Select(static g => g.Key)];
        return [.. sources.Select(source => both.Contains(source) ? 1f : (float)single)];
    }
}
