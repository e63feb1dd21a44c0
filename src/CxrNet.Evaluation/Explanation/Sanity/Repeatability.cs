namespace CxrNet.Evaluation;

/// <summary>Whether a method gives the same map twice.</summary>
public static class Repeatability
{
    /// <summary>Explains the images again and again and compares with the first time.</summary>
    /// <param name="map">Any method.</param>
    /// <param name="images">One or more.</param>
    /// <param name="target">Which finding to explain.</param>
    /// <param name="repeats">How many more times; 1 by default.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <returns>For each repeat and image, repeat by repeat.</returns>
    public static IReadOnlyList<MapComparison> Of(IExplanationMap map, IReadOnlyList<GrayImage> images, ExplanationTarget target = default, int repeats = 1, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(repeats);
        IReadOnlyList<Heatmap> first = map.Explain(images, target, cancellationToken);
        List<MapComparison> comparisons = [];
        for (int i = 0; i < repeats; i++)
        {
            comparisons.AddRange(first.Zip(map.Explain(images, target, cancellationToken), MapComparison.Of));
        }

        return comparisons;
    }
}
