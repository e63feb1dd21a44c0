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

    /// <summary>As <see cref="PerturbationMap.Explain(IReadOnlyList{GrayImage}, ExplanationTarget, CancellationToken)"/>, with what each map rests on.</summary>
    /// <param name="images">Grey planes of any size, row-major, 0 = black, 1 = white.</param>
    /// <param name="target">Which finding to explain.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <returns>One map per image, in the same order, with the masks that were used and the reliability that was reached.</returns>
    /// <exception cref="CxrModelException">The backend failed; see InnerException.</exception>
    /// <exception cref="ArgumentException">The model has no finding of that name.</exception>
    public IReadOnlyList<RiseEstimate> Estimate(IReadOnlyList<GrayImage> images, ExplanationTarget target = default, CancellationToken cancellationToken = default) => ForEach(
        images,
        target,
        input =>
        {
            (float[] values, int masks, double reliability) = Sum(input, cancellationToken);
            return new RiseEstimate(MapOf(input, values), masks, reliability);
        },
        cancellationToken);

    private protected override float[] Explain(PerturbedInput input, CancellationToken cancellationToken) => Sum(input, cancellationToken).Values;

    private (float[] Values, int Masks, double Reliability) Sum(PerturbedInput input, CancellationToken cancellationToken)
    {
        IReadOnlyList<float[]>? given = _options.GivenMasks;
        int total = given?.Count ?? _options.Masks;
        RiseMasks masks = new(input.Width, input.Height, _options);

        // Odd and even masks are kept apart: their agreement says how far the map has converged.
        float[] even = new float[input.PlaneLength], odd = new float[input.PlaneLength];
        int done = 0;
        while (done < total)
        {
            // Cut where convergence is looked at, so that the batch size does not say how many masks are used.
            int count = Math.Min(Math.Min(input.BatchSize, total - done), CheckEvery - (done % CheckEvery));
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
            if (done % CheckEvery == 0 && _options.StopAtReliability is { } enough && SplitHalf.Reliability(even, odd) >= enough)
            {
                break;
            }
        }

        double reliability = SplitHalf.Reliability(even, odd);
        TensorPrimitives.Add(even, odd, even);
        TensorPrimitives.Divide(even, (float)(done * _options.KeepShare), even);
        return (even, done, reliability);
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
