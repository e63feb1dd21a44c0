namespace CxrNet;

/// <summary>Streams of radiographs that are only decoded, ahead of whatever the consumer does with them; see <see cref="ClassifierStreaming"/>.</summary>
public static class DecoderStreaming
{
    /// <summary>Decodes radiographs from wherever they come, into grey planes.</summary>
    /// <param name="decoder">Reads what is not decoded yet.</param>
    /// <param name="sources">The radiographs; their enumerator must heed its token.</param>
    /// <param name="options">What may be held at once; <see cref="StreamingOptions.Default"/> where null.</param>
    /// <param name="cancellationToken">Stops everything; a file that is being decoded is finished.</param>
    /// <returns>One image or error per source, in the same order.</returns>
    /// <exception cref="OperationCanceledException">While enumerating: the token was cancelled.</exception>
    public static IAsyncEnumerable<StreamResult<GrayImage>> DecodeAsync(this IRadiographDecoder decoder, IAsyncEnumerable<RadiographSource> sources, StreamingOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(decoder);
        ArgumentNullException.ThrowIfNull(sources);
        StreamWork<GrayImage> work = new(null, static (images, _) => images, static (image, _, _) => image, ValuesHoldImages: true);
        return ImageStream<GrayImage>.RunAsync(sources, decoder, work, (options ?? StreamingOptions.Default).Checked(), cancellationToken);
    }
}
