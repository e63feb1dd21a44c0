namespace CxrNet.WebViewer.Explanation;

/// <summary>The methods that every engine has: they look at the scores alone.</summary>
internal static class BlackBoxMethods
{
    // Enough for a map that can be looked at, in seconds; docs/explanations.md has what more masks bring.
    private const int Masks = 1024;

    public static IEnumerable<ExplanationMethod> For(ICxrClassifier classifier)
    {
        if (classifier.Card.Outputs.Map is not null)
        {
            yield return new(Heatmap.OwnMap, "from the same forward pass as the scores; the same for all findings", create: null);
        }

        yield return new("occlusion", "a grey square moved over the image", () => new OcclusionMap(classifier)) { IsSlow = true };
        yield return new("ablation", "superpixels taken away one by one", () => new FeatureAblationMap(classifier));
        yield return new("rise", "the mean of random masks, weighed by the score", () => new RiseMap(classifier, new RiseOptions { Masks = Masks })) { IsSlow = true };
    }
}
