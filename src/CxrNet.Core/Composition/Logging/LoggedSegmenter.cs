using Microsoft.Extensions.Logging;

namespace CxrNet;

/// <summary>Logs each call of a lung segmenter: Debug with count and time, Error where it fails. Nothing of a patient.</summary>
/// <remarks>Safe for concurrent use where the segmenter is.</remarks>
public sealed class LoggedSegmenter : DelegatingSegmenter
{
    private readonly ILogger _logger;

    /// <summary>Puts a log around a segmenter.</summary>
    /// <param name="segmenter">Finds the lungs.</param>
    /// <param name="logger">It stays the caller's.</param>
    public LoggedSegmenter(ILungSegmenter segmenter, ILogger logger)
        : base(segmenter)
    {
        ArgumentNullException.ThrowIfNull(logger);
        _logger = logger;
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<LungMask> SegmentCore(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken)
    {
        IReadOnlyList<LungMask> masks = LoggedCall.Run(_logger, Card.Id, images.Count, () => Inner.Segment(images, cancellationToken), out double milliseconds);
        _logger.Segmented(Card.Id, masks.Count, milliseconds);
        return masks;
    }
}
