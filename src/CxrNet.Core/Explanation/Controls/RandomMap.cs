namespace CxrNet;

/// <summary>A control that knows nothing: independent uniform values. A method that is no better than this explains nothing.</summary>
public sealed class RandomMap : PerturbationMap
{
    private readonly ulong _seed;

    /// <summary>Makes a map for any classifier.</summary>
    /// <param name="classifier">Gives the resolution and, for the top finding, one forward pass; it stays the caller's.</param>
    /// <param name="seed">The same seed gives the same map on every machine.</param>
    public RandomMap(ICxrClassifier classifier, ulong seed = 1)
        : base(classifier, new PerturbationOptions { BatchSize = 1 }) => _seed = seed;

    /// <inheritdoc/>
    public override string Method => "random";

    private protected override bool IsSigned => false;

    private protected override float[] Explain(PerturbedInput input, CancellationToken cancellationToken)
    {
        PhantomRandom random = new(_seed);
        float[] map = new float[input.PlaneLength];
        foreach (ref float value in map.AsSpan())
        {
            value = (float)random.Next();
        }

        return map;
    }
}
