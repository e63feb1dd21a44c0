namespace CxrNet;

/// <summary>Streams of radiographs through a lung segmenter; see <see cref="ClassifierStreaming"/>.</summary>
public static class SegmenterStreaming
{
    /// <summary>Finds the lungs on radiographs from wherever they come.</summary>
    /// <param name="segmenter">Any backend or decorator; it stays the caller's.</param>
    /// <param name="sources">The radiographs; their enumerator must heed its token.</param>
    /// <param name="decoder">Reads what is not decoded yet.</param>
    /// <param name="options">What may be held at once; <see cref="StreamingOptions.Default"/> where null.</param>
    /// <param name="cancellationToken">Stops everything, the run under way included; a file that is being decoded is finished.</param>
    /// <returns>One mask of its image's size, or error, per source, in the same order.</returns>
    /// <exception cref="OperationCanceledException">While enumerating: the token was cancelled.</exception>
    public static IAsyncEnumerable<StreamResult<LungMask>> SegmentAsync(this ILungSegmenter segmenter, IAsyncEnumerable<RadiographSource> sources, IRadiographDecoder decoder, StreamingOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(segmenter);
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentNullException.ThrowIfNull(decoder);
        // A mask is a plane of its image's size.
        StreamWork<LungMask> work = new(segmenter.Card.Id, segmenter.Segment, static (mask, _, _) => mask, 2 * sizeof(float), ValuesHoldImages: true);
        return ImageStream<LungMask>.RunAsync(sources, decoder, work, (options ?? StreamingOptions.Default).Checked(), cancellationToken);
    }
}
