namespace CxrNet;

/// <summary>Streams of radiographs through a classifier: decoding, preprocessing and the network work at the same time, memory is bounded, results come in order.</summary>
/// <remarks>
/// A radiograph that cannot be read, or that the model refuses, gives a result with its error, and the stream goes on. What ends a stream is its source's own exception, a cancelled token, or an engine that fails with anything but a <see cref="CxrModelException"/>.
/// Nothing begins before the first result is asked for; nothing is left running when the enumeration has ended, however it ends. See docs/streaming.md.
/// </remarks>
public static class ClassifierStreaming
{
    /// <summary>Scores radiographs from wherever they come.</summary>
    /// <param name="classifier">Any backend or decorator; it stays the caller's.</param>
    /// <param name="sources">The radiographs; their enumerator must heed its token.</param>
    /// <param name="decoder">Reads what is not decoded yet.</param>
    /// <param name="options">What may be held at once; <see cref="StreamingOptions.Default"/> where null.</param>
    /// <param name="cancellationToken">Stops everything, the run under way included; a file that is being decoded is finished.</param>
    /// <returns>One result per source, in the same order.</returns>
    /// <exception cref="OperationCanceledException">While enumerating: the token was cancelled.</exception>
    public static IAsyncEnumerable<StreamResult<CxrPrediction>> ClassifyAsync(this ICxrClassifier classifier, IAsyncEnumerable<RadiographSource> sources, IRadiographDecoder decoder, StreamingOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(decoder);
        return Run(classifier, sources, decoder, options, cancellationToken);
    }

    /// <summary>Scores image files.</summary>
    /// <param name="classifier">Any backend or decorator; it stays the caller's.</param>
    /// <param name="files">Their paths, for example <c>Directory.EnumerateFiles(folder).ToAsyncEnumerable()</c>; their enumerator must heed its token.</param>
    /// <param name="decoder">Reads the files.</param>
    /// <param name="options">What may be held at once; <see cref="StreamingOptions.Default"/> where null.</param>
    /// <param name="cancellationToken">Stops everything, the run under way included; a file that is being decoded is finished.</param>
    /// <returns>One result per file, in the same order.</returns>
    /// <exception cref="OperationCanceledException">While enumerating: the token was cancelled.</exception>
    public static IAsyncEnumerable<StreamResult<CxrPrediction>> ClassifyAsync(this ICxrClassifier classifier, IAsyncEnumerable<string> files, IRadiographDecoder decoder, StreamingOptions? options = null, CancellationToken cancellationToken = default) =>
        classifier.ClassifyAsync(files.AsSources(), decoder, options, cancellationToken);

    /// <summary>Scores images that are decoded already; a result's source is <c>image</c> and its number.</summary>
    /// <param name="classifier">Any backend or decorator; it stays the caller's.</param>
    /// <param name="images">The images; their enumerator must heed its token.</param>
    /// <param name="options">What may be held at once; <see cref="StreamingOptions.Default"/> where null.</param>
    /// <param name="cancellationToken">Stops everything, the run under way included.</param>
    /// <returns>One result per image, in the same order.</returns>
    /// <exception cref="OperationCanceledException">While enumerating: the token was cancelled.</exception>
    public static IAsyncEnumerable<StreamResult<CxrPrediction>> ClassifyAsync(this ICxrClassifier classifier, IAsyncEnumerable<GrayImage> images, StreamingOptions? options = null, CancellationToken cancellationToken = default) =>
        Run(classifier, images.AsSources(), null, options, cancellationToken);

    private static IAsyncEnumerable<StreamResult<CxrPrediction>> Run(ICxrClassifier classifier, IAsyncEnumerable<RadiographSource> sources, IRadiographDecoder? decoder, StreamingOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        ArgumentNullException.ThrowIfNull(sources);
        StreamWork<CxrPrediction> work = new(classifier.Card.Id, classifier.Classify, static (prediction, decode, queue) => prediction.Stamped(decode, queue));
        return ImageStream<CxrPrediction>.RunAsync(sources, decoder, work, (options ?? StreamingOptions.Default).Checked(), cancellationToken);
    }
}
