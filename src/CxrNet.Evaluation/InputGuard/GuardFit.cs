using System.Buffers.Binary;
using System.Globalization;
using System.Numerics.Tensors;

namespace CxrNet.Evaluation;

/// <summary>Fits the guard of a card: Gaussians over training images, thresholds on validation images.</summary>
public static class GuardFit
{
    /// <summary>Images that a group needs for a Gaussian of its own: fewer say little of their mean. Those of a smaller one are measured from the nearest of the others.</summary>
    public const int LeastGroup = 50;

    // The distance that a group's size is read off: far out, but not at the few odd images that every collection has.
    private const double SizeQuantile = 0.95;

    /// <summary>Fits features and thumbnail, each with its own Gaussians; all thresholds lie at the same quantile, such that together they alarm on so few validation images that the upper end of the rate's 95 % interval (Wilson) is the share asked for: the rate itself would be exceeded on every second set of new images. With fewer than <see cref="LeastValidation"/> images even no alarm leaves the end above it; <see cref="FalseAlarms"/> says what was reached.</summary>
    /// <param name="training">Images of the kind that the model is for; more than there are principal directions.</param>
    /// <param name="validation">Others of that kind, which the thresholds are chosen on.</param>
    /// <param name="options">The defaults where null.</param>
    /// <param name="unwanted">Images to be told apart that lie near the wanted ones, for example turned radiographs, grouped by kind; null for none. Kinds that are not among them are told by their distance alone.</param>
    /// <exception cref="ArgumentException">There are too few images, their features differ in number, or the options ask for features or directions that there are not.</exception>
    public static CardGuard Fit(IReadOnlyList<GuardSample> training, IReadOnlyList<GuardSample> validation, GuardFitOptions? options = null, IReadOnlyList<GuardSample>? unwanted = null)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(validation);
        options ??= new GuardFitOptions();
        ArgumentOutOfRangeException.ThrowIfZero(validation.Count, nameof(validation));
        int features = PooledFeatures(options, training);
        CheckComponents(options);
        List<CardGuardPart> parts = [Gaussian(CardGuardSource.Thumbnail, 0, GuardThumbnail.Length, options.ThumbnailComponents, training, unwanted ?? [])];
        if (features > 0)
        {
            parts.Add(Gaussian(CardGuardSource.Pooled, options.PooledStart, features, Math.Min(options.PooledComponents, features - 1), training, unwanted ?? []));
        }

        // For each part the distances, then the ratios.
        double[][] reaches = [.. parts.SelectMany(part => new[] { Distances(part, validation), Ratios(part, validation) })];
        double[][] sorted = [.. reaches.Select(static d => d.Order().ToArray())];

        // Quantiles of the single reaches, lowered together as far as the joint rate of alarms allows.
        int rank = validation.Count - 1;
        int allowed = Allowed(options.FalseAlarms, validation.Count);
        while (rank > 0 && Alarms(reaches, [.. sorted.Select(s => s[rank - 1])]) <= allowed)
        {
            rank--;
        }

        float Threshold(int reach) => MathF.BitIncrement((float)sorted[reach][rank]);
        return new CardGuard([.. parts.Select((part, p) => part with { Threshold = Threshold(2 * p), RatioThreshold = part.Others == 0 ? 0 : Threshold((2 * p) + 1) })], options.Provenance);
    }

    /// <summary>The share of images that a guard calls unlike, with its 95 % interval (Wilson); on its own validation images the upper end is what the fit has reached.</summary>
    /// <param name="guard">A fitted one.</param>
    /// <param name="samples">Images of the wanted kind, 1 or more.</param>
    /// <exception cref="ArgumentException">There is no image, or its features are not those of the guard.</exception>
    public static Interval FalseAlarms(CardGuard guard, IReadOnlyList<GuardSample> samples)
    {
        ArgumentNullException.ThrowIfNull(guard);
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentOutOfRangeException.ThrowIfZero(samples.Count, nameof(samples));
        double[][] reaches = [.. guard.Parts.SelectMany(part => new[] { Distances(part, samples), part.Others == 0 ? new double[samples.Count] : Ratios(part, samples) })];
        double[] thresholds = [.. guard.Parts.SelectMany(static part => new double[] { part.Threshold, part.RatioThreshold })];
        return WilsonInterval.Of(Alarms(reaches, thresholds), samples.Count);
    }

    /// <summary>How many validation images it takes until not one alarm among them shows that the share of false alarms is below one asked for (upper end of the 95 % interval): 189 for 2 %.</summary>
    /// <param name="falseAlarms">Above 0, below 1.</param>
    /// <remarks><c>z² (1 - share) / share</c>, rounded up; Wilson's upper end at 0 of n is <c>z² / (n + z²)</c>.</remarks>
    public static int LeastValidation(double falseAlarms)
    {
        Guard.Share(falseAlarms, nameof(falseAlarms));
        double z = NormalDistribution.CriticalValue(0.95);
        return (int)Math.Ceiling(z * z * (1 - falseAlarms) / falseAlarms);
    }

    private static int PooledFeatures(GuardFitOptions options, IReadOnlyList<GuardSample> training)
    {
        if (options.PooledStart < 0 || options.PooledLength < 0)
        {
            throw new ArgumentException($"{nameof(options.PooledStart)} is {options.PooledStart} and {nameof(options.PooledLength)} {options.PooledLength?.ToString(CultureInfo.InvariantCulture) ?? "null"}, 0 or more expected of both.", nameof(options));
        }

        // From the first one on there may be none at all: a network without pooled features is guarded by its thumbnail alone.
        int available = training.Count == 0 ? 0 : training[0].Pooled.Length;
        if (training.Count > 0 && options.PooledLength is null && options.PooledStart > 0 && options.PooledStart >= available)
        {
            throw new ArgumentException($"{nameof(options.PooledStart)} is {options.PooledStart}, but the first training image has {available} pooled features: 0 to {Math.Max(0, available - 1)} expected.", nameof(options));
        }

        return options.PooledLength ?? Math.Max(0, available - options.PooledStart);
    }

    private static void CheckComponents(GuardFitOptions options)
    {
        if (options.ThumbnailComponents is < 0 or >= GuardThumbnail.Length)
        {
            throw new ArgumentException($"{nameof(options.ThumbnailComponents)} is {options.ThumbnailComponents}, 0 to {GuardThumbnail.Length - 1} expected.", nameof(options));
        }

        if (options.PooledComponents < 0)
        {
            throw new ArgumentException($"{nameof(options.PooledComponents)} is {options.PooledComponents}, 0 or more expected.", nameof(options));
        }
    }

    private static int Allowed(double share, int count)
    {
        int allowed = 0;
        while (allowed < count && WilsonInterval.Of(allowed + 1, count, 0.95).High <= share)
        {
            allowed++;
        }

        return allowed;
    }

    private static int Alarms(double[][] reaches, double[] thresholds) =>
        Enumerable.Range(0, reaches[0].Length).Count(i => Enumerable.Range(0, reaches.Length).Any(r => reaches[r][i] > thresholds[r]));

    private static double[] Distances(CardGuardPart part, IReadOnlyList<GuardSample> samples)
    {
        GuardGaussian gaussian = new(part);
        float[] scratch = new float[part.Length];
        return [.. samples.Select(sample => (double)gaussian.Distance(ValuesOf(sample, part.Source, part.Start, part.Length).Span, scratch))];
    }

    private static double[] Ratios(CardGuardPart part, IReadOnlyList<GuardSample> samples)
    {
        GuardGaussian gaussian = new(part);
        float[] scratch = new float[part.Length];
        return [.. samples.Select(sample => ValuesOf(sample, part.Source, part.Start, part.Length)).Select(values => (double)(gaussian.Distance(values.Span, scratch) / gaussian.DistanceToOthers(values.Span, scratch)))];
    }

    private static ReadOnlyMemory<float> ValuesOf(GuardSample sample, CardGuardSource source, int start, int length)
    {
        ReadOnlyMemory<float> all = source == CardGuardSource.Pooled ? sample.Pooled : sample.Thumbnail;
        return (long)start + length <= all.Length
            ? all.Slice(start, length)
            : throw new ArgumentException($"A sample has {all.Length} numbers of {source}, {(long)start + length} expected. Was the model loaded with KeepFeatures?", nameof(sample));
    }

    private static CardGuardPart Gaussian(CardGuardSource source, int start, int length, int components, IReadOnlyList<GuardSample> training, IReadOnlyList<GuardSample> unwanted)
    {
        if (training.Count <= components)
        {
            throw new ArgumentException($"{training.Count} training images given, more than {components} expected.", nameof(training));
        }

        double[][] rows = [.. training.Select(sample => ValuesOf(sample, source, start, length).ToArray().Select(static v => (double)v).ToArray())];
        int[][] own = Groups(training);
        double[][] means = Center(rows, own, out double[] weights);
        double[] inverse = Standardize(rows, weights);
        (double[][] directions, double[] variances, double residual) = PrincipalComponents.Of(rows, components);
        IEnumerable<double> shared = [.. inverse, .. directions.SelectMany(static d => d), .. variances.Select(Math.Sqrt), Math.Sqrt(residual)];
        CardGuardPart Part(IReadOnlyList<double[]> groups, IReadOnlyList<double[]> others, IReadOnlyList<double> sizes) =>
            new(source, start, length, groups.Count, others.Count, components, 1, 1, Encode([.. groups.Concat(others).SelectMany(static m => m).Concat(shared).Concat(sizes).Select(static v => (float)v)]));

        // A hospital whose images vary more gets a wider circle, or it alone would bear the false alarms.
        double[] sizes = [.. own.Select((group, g) => Quantile(Distances(Part([means[g]], [], [1]), [.. group.Select(i => training[i])])))];
        double[][] others = [.. unwanted.GroupBy(static sample => sample.Group).Select(kind => kind.Select(sample => ValuesOf(sample, source, start, length)).ToArray()).Select(kind => Enumerable.Range(0, length).Select(c => kind.Average(v => (double)v.Span[c])).ToArray())];
        return Part(means, others, sizes);
    }

    private static double Quantile(double[] distances) => distances.Order().ElementAt((int)(SizeQuantile * (distances.Length - 1)));

    // Each row loses the mean of its group; a group too small for a mean of its own is measured from the others' nearest.
    private static double[][] Center(double[][] rows, int[][] own, out double[] weights)
    {
        double[][] means = [.. own.Select(group => Enumerable.Range(0, rows[0].Length).Select(c => group.Average(i => rows[i][c])).ToArray())];
        weights = new double[rows.Length];
        for (int g = 0; g < own.Length; g++)
        {
            foreach (int i in own[g])
            {
                TensorPrimitives.Subtract(rows[i], means[g], rows[i]);

                // Between counting images and counting groups: a hospital with few images must not set the covariance, nor vanish from it.
                weights[i] = 1 / Math.Sqrt(own[g].Length);
            }
        }

        TensorPrimitives.Divide(weights, weights.Sum(), weights);
        return means;
    }

    // Rows come out such that their plain mean square is the weighted one, and 1 for each number.
    private static double[] Standardize(double[][] rows, double[] weights)
    {
        double[] inverse = new double[rows[0].Length];
        for (int i = 0; i < rows.Length; i++)
        {
            TensorPrimitives.Multiply(rows[i], Math.Sqrt(weights[i] * rows.Length), rows[i]);
            for (int c = 0; c < inverse.Length; c++)
            {
                inverse[c] += rows[i][c] * rows[i][c] / rows.Length;
            }
        }

        // A feature that never fires in training gets a hundredth of the typical deviation: when it does fire, that is news.
        double typical = Math.Sqrt(inverse.Average());
        for (int c = 0; c < inverse.Length; c++)
        {
            inverse[c] = 1 / Math.Max(Math.Sqrt(inverse[c]), Math.Max(typical * 0.01, 1e-3));
        }

        foreach (double[] row in rows)
        {
            TensorPrimitives.Multiply(row, inverse, row);
        }

        return inverse;
    }

    private static int[][] Groups(IReadOnlyList<GuardSample> training)
    {
        int[][] own = [.. Enumerable.Range(0, training.Count).GroupBy(i => training[i].Group).Select(static g => g.ToArray()).Where(static g => g.Length >= LeastGroup)];
        return own.Length > 0 ? own : [[.. Enumerable.Range(0, training.Count)]];
    }

    private static string Encode(float[] numbers)
    {
        byte[] bytes = new byte[2 * numbers.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteHalfLittleEndian(bytes.AsSpan(2 * i), (Half)Math.Clamp(numbers[i], -65504f, 65504f));
        }

        return Convert.ToBase64String(bytes);
    }
}
