namespace CxrNet;

/// <summary>A control that knows nothing: independent uniform values, other ones for every image. A method that is no better than this explains nothing.</summary>
/// <remarks>The values come from the seed and the image's pixels: an image has the same map in any batch, and the maps of two images have nothing to do with each other.</remarks>
public sealed class RandomMap : PerturbationMap
{
    private readonly ulong _seed;

    /// <summary>Makes a map for any classifier.</summary>
    /// <param name="classifier">Gives the resolution and, for the top finding, one forward pass; it stays the caller's.</param>
    /// <param name="seed">The same seed gives the same maps on every machine.</param>
    public RandomMap(ICxrClassifier classifier, ulong seed = 1)
        : base(classifier, new PerturbationOptions { BatchSize = 1 }) => _seed = seed;

    /// <inheritdoc/>
    public override string Method => "random";

    private protected override bool IsSigned => false;

    private protected override float[] Explain(PerturbedInput input, CancellationToken cancellationToken)
    {
        // One map for all images would hit the same place in each: its pointing would be one throw of the dice, however many images there are.
        PhantomRandom random = new(PhantomRandom.SeedOf(_seed, input.Image.Pixels));
        float[] map = new float[input.PlaneLength];
        foreach (ref float value in map.AsSpan())
        {
            value = (float)random.Next();
        }

        return map;
    }
}
