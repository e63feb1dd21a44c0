using static TorchSharp.torch;

namespace CxrNet.Torch.Training;

/// <summary>Lays the lungs of images where those of other images lie.</summary>
/// <remarks>How a film was framed says nothing of a disease, but a set may say otherwise: sick children are filmed lying, from near, with lungs from edge to edge; healthy ones stand, and belly and arms are on the film. With the places of lungs drawn from the whole set, the lungs' place, size and ratio of width to height have the same distribution in every class.</remarks>
internal static class FramingExchange
{
    // Beyond it a mask has lost a lung, or has found one that is none.
    private const float MostStretch = 1.6f;
    private const int Chunk = 256;

    /// <summary>The boxes of a set's lungs, where they are known.</summary>
    public static LungBox[] BoxesOf(TrainingSet set) =>
        [.. Enumerable.Range(0, set.Count).Chunk(Chunk).SelectMany(rows => KnownOf(set, rows))];

    /// <summary>How each image of a batch is to be stretched and moved; null for one that stays as it is, nothing at all where all do.</summary>
    /// <param name="boxes">The boxes of the whole set.</param>
    /// <param name="lungs">[n, 1, S, S], the lungs of the batch.</param>
    /// <param name="share">How many of the images take over another's framing, 0 … 1.</param>
    /// <param name="random">Chooses them and the others.</param>
    public static FramingChange?[] Draw(IReadOnlyList<LungBox> boxes, Tensor lungs, double share, Random random)
    {
        if (share <= 0 || boxes.Count == 0)
        {
            return [];
        }

        return [.. LungBox.Of(lungs).Select(own =>
        {
            FramingChange change = FramingChange.Between(own.Box, boxes[random.Next(boxes.Count)]);
            return random.NextDouble() < share && own.Known && change.IsWithin(MostStretch) ? change : (FramingChange?)null;
        })];
    }

    // A scope for each chunk: as floats a whole set would be gigabytes.
    private static LungBox[] KnownOf(TrainingSet set, int[] rows)
    {
        using var scope = NewDisposeScope();
        return [.. LungBox.Of(Batch.LungsOf(set, rows)).Where(static one => one.Known).Select(static one => one.Box)];
    }
}
