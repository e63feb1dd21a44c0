using System.Diagnostics.Metrics;

namespace CxrNet;

/// <summary>Measures each call of a lung segmenter; see <see cref="MeteredClassifier"/>.</summary>
/// <remarks>Safe for concurrent use where the segmenter is.</remarks>
public sealed class MeteredSegmenter : DelegatingSegmenter
{
    private readonly CompositionMeter _meter;

    /// <summary>Puts instruments around a segmenter.</summary>
    /// <param name="segmenter">Finds the lungs.</param>
    /// <param name="factory">Makes the meter, as a container's does; one for the whole process where null.</param>
    public MeteredSegmenter(ILungSegmenter segmenter, IMeterFactory? factory = null)
        : base(segmenter) => _meter = CompositionMeter.Of(factory);

    /// <inheritdoc/>
    protected override IReadOnlyList<LungMask> SegmentCore(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken) =>
        _meter.Run("segment", Card.Id, images.Count, () => Inner.Segment(images, cancellationToken));
}
