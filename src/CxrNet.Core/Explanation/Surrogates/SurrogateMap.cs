namespace CxrNet;

/// <summary>The shared flow of methods that fit a linear model to the scores of combinations of regions.</summary>
public abstract class SurrogateMap : PerturbationMap
{
    private readonly SurrogateOptions _options;

    private protected SurrogateMap(ICxrClassifier classifier, SurrogateOptions options)
        : base(classifier, options) => _options = options;

    private protected override float[] Explain(PerturbedInput input, CancellationToken cancellationToken)
    {
        GrayImage seen = input.SeenImage();
        int[] labels = _options.Regions(seen);
        int regions = ImageRegions.Count(labels, seen);
        bool[][] combinations = Draw(regions, new PhantomRandom(_options.Seed));
        double[] scores = new double[combinations.Length];
        for (int first = 0; first < scores.Length; first += input.BatchSize)
        {
            int count = Math.Min(input.BatchSize, scores.Length - first);
            for (int i = 0; i < count; i++)
            {
                Span<float> mask = input.Mask(i);
                bool[] there = combinations[first + i];
                for (int p = 0; p < mask.Length; p++)
                {
                    mask[p] = labels[p] < 0 || there[labels[p]] ? 1 : 0;
                }
            }

            ReadOnlySpan<float> found = input.Score(count, scores.Length, cancellationToken);
            for (int i = 0; i < count; i++)
            {
                scores[first + i] = found[i];
            }
        }

        double[] values = regions == 0 ? [] : Fit(combinations, scores);
        return Array.ConvertAll(labels, label => label < 0 ? 0 : (float)values[label]);
    }

    /// <summary>Which regions are there, one row for each combination that is scored.</summary>
    private protected abstract bool[][] Draw(int regions, PhantomRandom random);

    /// <summary>One value for each region.</summary>
    private protected abstract double[] Fit(bool[][] combinations, double[] scores);
}
