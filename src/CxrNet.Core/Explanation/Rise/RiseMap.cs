using System.Numerics.Tensors;

namespace CxrNet;

/// <summary>RISE: the mean of many random masks, each weighted by the score of what it leaves: V. Petsiuk, A. Das, K. Saenko, BMVC 2018 (arXiv 1806.07421).</summary>
/// <remarks><c>map = sum_i f(m_i x + (1 - m_i) reference) m_i / (n p)</c>, p = share of kept cells. Not signed while it watches a probability.</remarks>
public sealed class RiseMap : PerturbationMap
{
    private const int CheckEvery = 256;

    private readonly RiseOptions _options;

    /// <summary>Explains any classifier.</summary>
    /// <param name="classifier">It stays the caller's.</param>
    /// <param name="options">Number, grain and seed of the masks; the defaults where null.</param>
    public RiseMap(ICxrClassifier classifier, RiseOptions? options = null)
        : base(classifier, options ??= new RiseOptions()) => _options = options;

    /// <inheritdoc/>
    public override string Method => "rise";

    private protected override bool IsSigned => _options.Score == ExplainedScore.Logit;

    private protected override float[] Explain(PerturbedInput input, CancellationToken cancellationToken)
    {
        IReadOnlyList<float[]>? given = _options.GivenMasks;
        int total = given?.Count ?? _options.Masks;
        RiseMasks masks = new(input.Width, input.Height, _options);

        // Odd and even masks are kept apart: their agreement says how far the map has converged.
        float[] even = new float[input.PlaneLength], odd = new float[input.PlaneLength];
        int done = 0;
        int nextCheck = CheckEvery;
        while (done < total)
        {
            int count = Math.Min(input.BatchSize, total - done);
            for (int i = 0; i < count; i++)
            {
                if (given is null)
                {
                    masks.Draw(input.Mask(i));
                }
                else
                {
                    Copy(given, done + i, input.Mask(i));
                }
            }

            ReadOnlySpan<float> scores = input.Score(count, total, cancellationToken);
            for (int i = 0; i < count; i++)
            {
                float[] half = ((done + i) & 1) == 0 ? even : odd;
                TensorPrimitives.MultiplyAdd(input.Mask(i), scores[i], half, half);
            }

            done += count;
            if (_options.StopAtReliability is { } enough && done >= nextCheck)
            {
                nextCheck = done + CheckEvery;
                if (Reliability(even, odd) >= enough)
                {
                    break;
                }
            }
        }

        TensorPrimitives.Add(even, odd, even);
        TensorPrimitives.Divide(even, (float)(done * _options.KeepShare), even);
        return even;
    }

    // W. Brown, Br. J. Psychol. 3 (1910) 296; C. Spearman, ibid. 271. The halves hold as many masks each, up to one.
    private static double Reliability(float[] first, float[] second)
    {
        double r = Correlation(first, second);
        return r <= 0 ? 0 : 2 * r / (1 + r);
    }

    private static double Correlation(float[] first, float[] second)
    {
        double n = first.Length;
        double meanFirst = TensorPrimitives.Sum<float>(first) / n, meanSecond = TensorPrimitives.Sum<float>(second) / n;
        double both = 0, squareFirst = 0, squareSecond = 0;
        for (int i = 0; i < first.Length; i++)
        {
            double a = first[i] - meanFirst, b = second[i] - meanSecond;
            both += a * b;
            squareFirst += a * a;
            squareSecond += b * b;
        }

        // Two flat halves agree: a score that no mask changes has nothing more to tell.
        return squareFirst == 0 && squareSecond == 0 ? 1 : both / Math.Sqrt(squareFirst * squareSecond);
    }

    private static void Copy(IReadOnlyList<float[]> masks, int index, Span<float> destination)
    {
        float[] mask = masks[index];
        if (mask.Length != destination.Length)
        {
            throw new ArgumentException($"Mask {index} has {mask.Length} values, {destination.Length} expected: one for each pixel of the network's input.");
        }

        mask.CopyTo(destination);
    }
}
