namespace CxrNet;

/// <summary>Kernel SHAP: Shapley values of regions by weighted least squares: S. M. Lundberg, S.-I. Lee, NeurIPS 2017 (arXiv 1705.07874).</summary>
/// <remarks>
/// Exact where all combinations fit into the samples; otherwise sizes are drawn by the Shapley kernel, each combination together with its complement (I. Covert, S.-I. Lee, AISTATS 2021, arXiv 2012.01536).
/// The values of all regions sum to <c>f(x) - f(reference)</c>. Each pixel gets its region's value.
/// </remarks>
public sealed class KernelShapMap : SurrogateMap
{
    private const int MostRegionsToEnumerate = 20;

    private readonly SurrogateOptions _options;

    /// <summary>Explains any classifier.</summary>
    /// <param name="classifier">It stays the caller's.</param>
    /// <param name="options">Regions and samples; the defaults where null.</param>
    public KernelShapMap(ICxrClassifier classifier, SurrogateOptions? options = null)
        : base(classifier, options ??= new SurrogateOptions()) => _options = options;

    /// <inheritdoc/>
    public override string Method => "kernel_shap";

    private protected override bool[][] Draw(int regions, PhantomRandom random)
    {
        // The first two, everything and nothing, are the constraint.
        List<bool[]> combinations = [[.. Enumerable.Repeat(true, regions)], new bool[regions]];
        if (regions <= MostRegionsToEnumerate && 1 << regions <= _options.Samples)
        {
            for (int bits = 1; bits < (1 << regions) - 1; bits++)
            {
                combinations.Add([.. Enumerable.Range(0, regions).Select(r => (bits >> r & 1) == 1)]);
            }

            return [.. combinations];
        }

        // P(size) is the kernel summed over the combinations of that size: (n - 1) / (s (n - s)).
        double[] cumulated = new double[regions];
        for (int size = 1; size < regions; size++)
        {
            cumulated[size] = cumulated[size - 1] + (1.0 / (size * (double)(regions - size)));
        }

        int[] order = [.. Enumerable.Range(0, regions)];
        while (combinations.Count + 2 <= _options.Samples && regions > 1)
        {
            double draw = random.Next() * cumulated[^1];
            int size = Array.FindIndex(cumulated, 1, c => draw < c);
            bool[] there = new bool[regions];
            for (int i = 0; i < Math.Max(1, size); i++)
            {
                int other = i + (int)(random.Next() * (regions - i));
                (order[i], order[other]) = (order[other], order[i]);
                there[order[i]] = true;
            }

            combinations.Add(there);
            combinations.Add(Array.ConvertAll(there, static t => !t));
        }

        return [.. combinations];
    }

    private protected override double[] Fit(bool[][] combinations, double[] scores)
    {
        int regions = combinations[0].Length;
        double all = scores[0] - scores[1];
        if (regions == 1)
        {
            return [all];
        }

        bool enumerated = combinations.Length == 1 << Math.Min(regions, MostRegionsToEnumerate + 1);
        List<double[]> rows = [];
        List<double> targets = [], weights = [];
        for (int i = 2; i < scores.Length; i++)
        {
            // The last region's value is what the others leave of the sum.
            bool[] there = combinations[i];
            double last = there[^1] ? 1 : 0;
            rows.Add([.. there.Take(regions - 1).Select(t => (t ? 1.0 : 0) - last)]);
            targets.Add(scores[i] - scores[1] - (last * all));
            weights.Add(enumerated ? Kernel(regions, there.Count(static t => t)) : 1);
        }

        if (rows.Count == 0)
        {
            return [.. Enumerable.Repeat(all / regions, regions)];
        }

        double[] values = WeightedLeastSquares.Solve([.. rows], [.. targets], [.. weights], 0);
        return [.. values, all - values.Sum()];
    }

    private static double Kernel(int regions, int size)
    {
        double choose = 1;
        for (int i = 0; i < size; i++)
        {
            choose *= (double)(regions - i) / (i + 1);
        }

        return (regions - 1) / (choose * size * (regions - size));
    }
}
