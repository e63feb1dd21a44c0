using System.Numerics.Tensors;

namespace CxrNet;

/// <summary>Several lung segmenters that answer as one, on whatever backends.</summary>
/// <remarks>It owns its members and asks them one after the other. Its card is the first member's under a name of its own. Safe for concurrent use where the members are.</remarks>
public sealed class EnsembleSegmenter : DelegatingSegmenter
{
    private readonly ILungSegmenter[] _members;
    private readonly EnsembleRule _rule;

    /// <summary>Puts segmenters together.</summary>
    /// <param name="members">One or more.</param>
    /// <param name="rule">Mean: the mean probability of each pixel, lung from the mean of the members' thresholds on. Vote: the share of the members that call the pixel lung, lung from one half on.</param>
    /// <exception cref="ArgumentException">There is no member.</exception>
    public EnsembleSegmenter(IReadOnlyList<ILungSegmenter> members, EnsembleRule rule = EnsembleRule.Mean)
        : base(EnsembleMembers.First(members))
    {
        _members = [.. members];
        _rule = rule;
        Card = members[0].Card with { Id = EnsembleMembers.Name(rule, members.Select(static m => m.Card)), Guesses = [.. members.SelectMany(static m => m.Card.Guesses).Distinct(StringComparer.Ordinal)], WeightsSha256 = "", Network = null, Metrics = new SortedDictionary<string, double>(StringComparer.Ordinal) };
    }

    /// <inheritdoc/>
    public override CxrModelCard Card { get; }

    /// <inheritdoc/>
    protected override IReadOnlyList<LungMask> SegmentCore(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken)
    {
        GrayImage[] read = ImageList.Require(images, cancellationToken);
        IReadOnlyList<LungMask>[] answers = Array.ConvertAll(_members, member => member.Segment(read, cancellationToken));
        return [.. read.Select((_, i) => Combine(Array.ConvertAll(answers, member => member[i])))];
    }

    /// <inheritdoc/>
    protected override void DisposeOwned() => EnsembleMembers.Dispose(_members);

    private LungMask Combine(LungMask[] masks)
    {
        float[] sum = new float[masks[0].Probabilities.Length];
        foreach (LungMask mask in masks)
        {
            if (_rule == EnsembleRule.Mean)
            {
                TensorPrimitives.Add(sum, mask.Probabilities, sum);
                continue;
            }

            for (int i = 0; i < sum.Length; i++)
            {
                sum[i] += mask.Probabilities[i] >= mask.Threshold ? 1 : 0;
            }
        }

        TensorPrimitives.Divide(sum, masks.Length, sum);
        return new LungMask(masks[0].Width, masks[0].Height, sum, _rule == EnsembleRule.Mean ? masks.Average(static m => m.Threshold) : 0.5f);
    }
}
