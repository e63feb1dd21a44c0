namespace CxrNet;

/// <summary>Takes one region after the other away and says how much the score falls: each pixel gets <c>f(x) - f(x without its region)</c>.</summary>
/// <remarks>Captum's FeatureAblation with a feature mask. Pixels without a region get 0.</remarks>
public sealed class FeatureAblationMap : PerturbationMap
{
    private readonly FeatureAblationOptions _options;

    /// <summary>Explains any classifier.</summary>
    /// <param name="classifier">It stays the caller's.</param>
    /// <param name="options">The regions; superpixels where null.</param>
    public FeatureAblationMap(ICxrClassifier classifier, FeatureAblationOptions? options = null)
        : base(classifier, options ??= new FeatureAblationOptions()) => _options = options;

    /// <inheritdoc/>
    public override string Method => "ablation";

    private protected override float[] Explain(PerturbedInput input, CancellationToken cancellationToken)
    {
        GrayImage seen = input.SeenImage();
        int[] labels = _options.Regions(seen);
        float[] values = new float[ImageRegions.Count(labels, seen)];
        for (int first = 0; first < values.Length; first += input.BatchSize)
        {
            int count = Math.Min(input.BatchSize, values.Length - first);
            for (int i = 0; i < count; i++)
            {
                Span<float> mask = input.Mask(i);
                for (int p = 0; p < mask.Length; p++)
                {
                    mask[p] = labels[p] == first + i ? 0 : 1;
                }
            }

            ReadOnlySpan<float> scores = input.Score(count, values.Length, cancellationToken);
            for (int i = 0; i < count; i++)
            {
                values[first + i] = input.Whole - scores[i];
            }
        }

        return Array.ConvertAll(labels, label => label < 0 ? 0 : values[label]);
    }
}
