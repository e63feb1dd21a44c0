namespace CxrNet;

/// <summary>Finds the lungs before an explanation method sees an image, masks the rest or crops to them, and gives the maps back as maps of the whole image: explains what a <see cref="LungFocusedClassifier"/> scores.</summary>
/// <remarks>Safe for concurrent use where its two parts are. It owns both.</remarks>
public sealed class LungFocusedExplanation : DelegatingExplanation
{
    private readonly ILungSegmenter _segmenter;
    private readonly LungHandling _handling;

    /// <summary>Puts a segmenter before a method.</summary>
    /// <param name="explanation">Explains the classifier on what is left; made from the classifier inside, not from the focused one.</param>
    /// <param name="segmenter">Finds the lungs.</param>
    /// <param name="handling">What is done with them.</param>
    public LungFocusedExplanation(IExplanationMap explanation, ILungSegmenter segmenter, LungHandling handling)
        : base(explanation)
    {
        ArgumentNullException.ThrowIfNull(segmenter);
        (_segmenter, _handling) = (segmenter, handling);
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<Heatmap> ExplainCore(IReadOnlyList<GrayImage> images, ExplanationTarget target, CancellationToken cancellationToken)
    {
        if (_handling == LungHandling.None || images.Count == 0)
        {
            return Inner.Explain(images, target, cancellationToken);
        }

        LungFocus[] seen = LungFocus.On(ImageList.Require(images, cancellationToken), _segmenter.Segment(images, cancellationToken), _handling);
        IReadOnlyList<Heatmap> maps = Inner.Explain(Array.ConvertAll(seen, static focus => focus.Image), target, cancellationToken);
        return [.. maps.Select((map, i) => seen[i].ToWholeImage(map))];
    }

    /// <inheritdoc/>
    protected override void DisposeOwned()
    {
        _segmenter.Dispose();
        base.DisposeOwned();
    }
}
