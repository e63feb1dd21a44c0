namespace CxrNet.Evaluation;

/// <summary>A map that does not change when the network forgets what it learned explains the image, not the network.</summary>
/// <remarks>J. Adebayo et al., Sanity Checks for Saliency Maps, NeurIPS 2018 (arXiv 1810.03292). The label test is the same with one stage: a network trained on shuffled labels.</remarks>
public static class ParameterRandomization
{
    /// <summary>Randomises layer after layer, from the head down, and compares each time with the first maps.</summary>
    /// <param name="map">Explains the network whose layers the stages change.</param>
    /// <param name="images">One or more.</param>
    /// <param name="target">A finding by name; the top one could change with the weights.</param>
    /// <param name="stages">From the head down.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    public static IReadOnlyList<RandomizationStep> Cascade(IExplanationMap map, IReadOnlyList<GrayImage> images, string target, IReadOnlyList<RandomizationStage> stages, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(stages);
        ArgumentException.ThrowIfNullOrEmpty(target);
        IReadOnlyList<Heatmap> original = map.Explain(images, target, cancellationToken);
        List<RandomizationStep> steps = [];
        foreach (RandomizationStage stage in stages)
        {
            stage.Randomize();
            steps.Add(new RandomizationStep(stage.Name, [.. original.Zip(map.Explain(images, target, cancellationToken), MapComparison.Of)]));
        }

        return steps;
    }
}
