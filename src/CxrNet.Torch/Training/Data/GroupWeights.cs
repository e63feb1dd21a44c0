namespace CxrNet.Torch.Training;

/// <summary>Weights of images in the cross-entropy by their group, a class at a source: size^-balance, scaled to mean 1 over the images.</summary>
/// <remarks>By class alone, the healthy adults of one hospital drown among the healthy children of another, and "adult" becomes a sign of disease.</remarks>
internal static class GroupWeights
{
    public static float[] Of<T>(IReadOnlyList<T> groups, double balance)
        where T : notnull
    {
        Dictionary<T, int> sizes = groups.CountBy(static group => group).ToDictionary();
        double[] weights = [.. groups.Select(group => Math.Pow(sizes[group], -balance))];
        double mean = weights.Average();
        return Array.ConvertAll(weights, weight => (float)(weight / mean));
    }
}
