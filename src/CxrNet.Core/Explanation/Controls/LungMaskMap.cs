namespace CxrNet;

/// <summary>A control that knows the anatomy and not the model: the lungs themselves. Energy in lung is highest here by definition, so that figure alone proves nothing.</summary>
/// <remarks>Safe for concurrent use where the segmenter is.</remarks>
public sealed class LungMaskMap : IExplanationMap
{
    private readonly ILungSegmenter _segmenter;
    private readonly CxrModelCard _card;

    /// <summary>Makes a control.</summary>
    /// <param name="segmenter">It stays the caller's.</param>
    /// <param name="card">The card of the classifier that is explained: its findings may be asked for.</param>
    public LungMaskMap(ILungSegmenter segmenter, CxrModelCard card)
    {
        ArgumentNullException.ThrowIfNull(segmenter);
        ArgumentNullException.ThrowIfNull(card);
        (_segmenter, _card) = (segmenter, card);
    }

    /// <inheritdoc/>
    public string Method => "lungs";

    /// <inheritdoc/>
    public IReadOnlyList<Heatmap> Explain(IReadOnlyList<GrayImage> images, ExplanationTarget target = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        TargetFinding.IndexOf(_card, target);
        return [.. _segmenter.Segment(images, cancellationToken).Select(mask => new Heatmap(mask.Width, mask.Height, mask.Probabilities.ToArray(), mask.Width, mask.Height) { Method = Method })];
    }

    /// <summary>Nothing is held; the segmenter stays the caller's.</summary>
    public void Dispose()
    {
    }
}
