using System.Buffers;

namespace CxrNet;

/// <summary>Tells images that are unlike those that a model was made with, by the statistics in its card. The one place for it, for every backend.</summary>
/// <remarks>
/// Safe for concurrent use. Mahalanobis distances on a network's features: K. Lee et al., NeurIPS 2018 (arXiv 1807.03888); the Gaussian is that of probabilistic principal components: M. Tipping, C. Bishop, J. R. Stat. Soc. B 61 (1999) 611.
/// </remarks>
public sealed class InputDistance
{
    private readonly GuardGaussian[] _parts;
    private readonly CardInput _input;
    private readonly int _longest;
    private readonly string _id;

    private InputDistance(CxrModelCard card)
    {
        _parts = [.. card.Guard!.Parts.Select(static part => new GuardGaussian(part))];
        _longest = _parts.Max(static part => part.Part.Length);
        _input = card.Input;
        _id = card.Id;
    }

    /// <summary>Reads a card that <see cref="CxrModelCardCheck"/> found in order.</summary>
    /// <returns>Null where the card has no guard.</returns>
    public static InputDistance? Of(CxrModelCard card)
    {
        ArgumentNullException.ThrowIfNull(card);
        return card.Guard is { Parts.Count: > 0 } ? new InputDistance(card) : null;
    }

    /// <summary>Measures a batch.</summary>
    /// <param name="input">What the network was fed.</param>
    /// <param name="pooled">The network's pooled features; null where the guard does not look at them.</param>
    /// <param name="distances">Receives one distance per image, in units of the limit: above 1 is unlike. As many as are wanted; rows of the input beyond them are padding.</param>
    /// <exception cref="CxrModelException">The guard looks at features beyond those that the network gives.</exception>
    public void Measure(InputTensor input, TensorBuffer? pooled, Span<float> distances)
    {
        ArgumentNullException.ThrowIfNull(input);
        float[] rented = ArrayPool<float>.Shared.Rent(GuardThumbnail.Length + _longest);
        Span<float> thumbnail = rented.AsSpan(0, GuardThumbnail.Length);
        Span<float> scratch = rented.AsSpan(GuardThumbnail.Length, _longest);
        for (int i = 0; i < distances.Length; i++)
        {
            Thumbnail(input, i, _input, thumbnail);
            float worst = 0;
            foreach (GuardGaussian statistics in _parts)
            {
                CardGuardPart part = statistics.Part;
                ReadOnlySpan<float> values = part.Source == CardGuardSource.Pooled ? PooledOf(pooled, i, part) : thumbnail;

                // A distance that is no number (features that overflowed) is unlike everything.
                float distance = statistics.Distance(values, scratch);
                float ratio = part.Others == 0 ? 0 : distance / (statistics.DistanceToOthers(values, scratch) * part.RatioThreshold);
                float reach = MathF.Max(distance / part.Threshold, ratio);
                worst = float.IsNaN(reach) ? float.MaxValue : Math.Max(worst, Math.Min(reach, float.MaxValue));
            }

            distances[i] = worst;
        }

        ArrayPool<float>.Shared.Return(rented);
    }

    /// <summary>The thumbnail of one image of a batch, of its first channel.</summary>
    /// <param name="input">What the network was fed.</param>
    /// <param name="row">Which image.</param>
    /// <param name="card">The card's input.</param>
    /// <param name="thumbnail">Receives <see cref="GuardThumbnail.Length"/> values.</param>
    public static void Thumbnail(InputTensor input, int row, CardInput card, Span<float> thumbnail)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(card);
        ReadOnlySpan<float> image = input.Values.Span.Slice(row * input.LengthEach, input.LengthEach);
        int stride = card.Layout == TensorLayout.Nchw ? 1 : card.Channels;
        GuardThumbnail.Average(image, card.Width, card.Height, stride, thumbnail);
    }

    /// <summary>Predictions that carry what a guard looks at.</summary>
    /// <param name="predictions">Those of the first rows.</param>
    /// <param name="input">What the network was fed.</param>
    /// <param name="card">The card's input.</param>
    /// <param name="pooled">The network's pooled features; null where it gives none.</param>
    public static IReadOnlyList<CxrPrediction> Keep(IReadOnlyList<CxrPrediction> predictions, InputTensor input, CardInput card, TensorBuffer? pooled)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        CxrPrediction[] kept = new CxrPrediction[predictions.Count];
        for (int i = 0; i < kept.Length; i++)
        {
            float[] thumbnail = new float[GuardThumbnail.Length];
            Thumbnail(input, i, card, thumbnail);
            kept[i] = predictions[i] with { Thumbnail = thumbnail, Features = pooled is null ? default(ReadOnlyMemory<float>) : pooled[i].ToArray() };
        }

        return kept;
    }

    private ReadOnlySpan<float> PooledOf(TensorBuffer? pooled, int row, CardGuardPart part) =>
        pooled is not null && part.Start + part.Length <= pooled.LengthEach
            ? pooled[row].Slice(part.Start, part.Length)
            : throw new CxrModelException(_id, $"The guard in the card of '{_id}' looks at the pooled features {part.Start} to {part.Start + part.Length - 1}; the network gives {pooled?.LengthEach ?? 0}.");
}
