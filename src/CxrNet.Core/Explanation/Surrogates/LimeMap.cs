namespace CxrNet;

/// <summary>LIME: a ridge regression on regions that are there or not, near the image: M. T. Ribeiro, S. Singh, C. Guestrin, KDD 2016 (arXiv 1602.04938).</summary>
/// <remarks>Half of the regions are there in each combination, on average; a combination weighs <c>exp(-d^2 / width^2) ^ 1/2</c>, d = 1 - cosine to the whole image. Each pixel gets its region's coefficient; the intercept is not penalised.</remarks>
public sealed class LimeMap : SurrogateMap
{
    private readonly LimeOptions _options;

    /// <summary>Explains any classifier.</summary>
    /// <param name="classifier">It stays the caller's.</param>
    /// <param name="options">Regions, samples and kernel; the defaults where null.</param>
    public LimeMap(ICxrClassifier classifier, LimeOptions? options = null)
        : base(classifier, options ??= new LimeOptions()) => _options = options;

    /// <inheritdoc/>
    public override string Method => "lime";

    private protected override bool[][] Draw(int regions, PhantomRandom random)
    {
        bool[][] combinations = new bool[_options.Samples][];
        for (int i = 0; i < combinations.Length; i++)
        {
            // The first is the image itself, which the model must be true to.
            combinations[i] = new bool[regions];
            foreach (ref bool there in combinations[i].AsSpan())
            {
                there = i == 0 || random.Next() < 0.5;
            }
        }

        return combinations;
    }

    private protected override double[] Fit(bool[][] combinations, double[] scores)
    {
        int regions = combinations[0].Length;
        double[] weights = new double[scores.Length];
        double[] means = new double[regions];
        double total = 0, meanScore = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            int kept = combinations[i].Count(static there => there);
            double distance = 1 - Math.Sqrt((double)kept / regions);
            weights[i] = Math.Sqrt(Math.Exp(-(distance * distance) / (_options.KernelWidth * _options.KernelWidth)));
            total += weights[i];
            meanScore += weights[i] * scores[i];
            for (int r = 0; r < regions; r++)
            {
                means[r] += combinations[i][r] ? weights[i] : 0;
            }
        }

        // Centred by the weighted means, the intercept drops out and stays free of the penalty.
        double[][] rows = [.. combinations.Select(row => row.Select((there, r) => (there ? 1.0 : 0) - (means[r] / total)).ToArray())];
        return WeightedLeastSquares.Solve(rows, Array.ConvertAll(scores, s => s - (meanScore / total)), weights, _options.Ridge);
    }
}
