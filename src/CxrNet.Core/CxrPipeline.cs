using System.Diagnostics;

namespace CxrNet;

/// <summary>The whole way of a radiograph: decode, grey, lungs, classify, explain, report.</summary>
/// <remarks>Safe for concurrent use. It owns its parts: disposing of it disposes of them, unless <see cref="CxrPipelineOptions.LeaveOpen"/> says otherwise.</remarks>
public sealed class CxrPipeline : IDisposable
{
    // A report has three planes of its image's size: image, map and lungs.
    private const int ReportBytesPerPixel = 3 * sizeof(float);

    private readonly IRadiographDecoder _decoder;
    private readonly ICxrClassifier _classifier;
    private readonly ILungSegmenter? _segmenter;
    private readonly IExplanationMap? _explanation;
    private readonly CxrPipelineOptions _options;
    private readonly StreamingOptions _streaming;

    /// <summary>Puts a pipeline together.</summary>
    /// <param name="decoder">Reads the files.</param>
    /// <param name="classifier">Scores the images.</param>
    /// <param name="segmenter">Finds the lungs; null for reports without a lung mask.</param>
    /// <param name="explanation">Explains the scores; the network's own map where null, and no map where the network has none.</param>
    /// <param name="options">Limits and ownership; <see cref="CxrPipelineOptions.Default"/> where null.</param>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="CxrPipelineOptions.ShortcutLimit"/> is not 0 … 1.</exception>
    /// <exception cref="CxrModelException">The classifier's card asks for lungs and there is no segmenter.</exception>
    public CxrPipeline(IRadiographDecoder decoder, ICxrClassifier classifier, ILungSegmenter? segmenter = null, IExplanationMap? explanation = null, CxrPipelineOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(decoder);
        ArgumentNullException.ThrowIfNull(classifier);
        if (options?.ShortcutLimit is { } limit && limit is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(options), limit, FormattableString.Invariant($"CxrPipelineOptions.ShortcutLimit is {limit}; 0 to 1 was expected, or null."));
        }

        CxrModelCard card = classifier.Card;
        if (segmenter is null && card.Input.Lungs != LungHandling.None)
        {
            throw new CxrModelException(card.Id, $"'{card.Id}' was trained on images with LungHandling.{card.Input.Lungs}; a lung segmenter is needed, none was given.");
        }

        _decoder = decoder;
        _classifier = classifier;
        _segmenter = segmenter;
        _explanation = explanation;
        _options = options ?? CxrPipelineOptions.Default;
        _streaming = _options.Streaming.Limits == DecodeLimits.Default ? _options.Streaming with { Limits = _options.Limits } : _options.Streaming;
    }

    /// <summary>The card of the classifier.</summary>
    public CxrModelCard Card => _classifier.Card;

    /// <summary>Analyzes images: the whole flow.</summary>
    /// <param name="images">Grey planes of any size, row-major, 0 = black, 1 = white.</param>
    /// <param name="target">Which finding to explain, of those that the card lists; a network's own map is the same for all.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <returns>One report per image, in the same order.</returns>
    /// <exception cref="ArgumentException">The card has no trained finding of that name.</exception>
    /// <exception cref="CxrModelException">A backend failed; see InnerException.</exception>
    public IReadOnlyList<CxrReport> Analyze(IReadOnlyList<GrayImage> images, ExplanationTarget target = default, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        TargetFinding.IndexOf(Card, target);
        IReadOnlyList<LungMask>? lungs = _segmenter?.Segment(images, cancellationToken);
        LungFocus[] seen = [.. images.Select((image, i) => LungFocus.On(image, lungs?[i], Card.Input.Lungs))];

        // A network's own map lies on what the network saw, a report on the whole image.
        CxrPrediction[] predictions =
        [
            .. _classifier.Classify(Array.ConvertAll(seen, static focus => focus.Image), cancellationToken)
                .Select((prediction, i) => prediction.Map is { } map ? prediction with { Map = seen[i].ToWholeImage(map) } : prediction),
        ];
        bool[] withheld = [.. predictions.Select(p => p.IsWithheld || (_options.AbstainWhenUnlike && p.IsUnlike))];
        Heatmap?[] maps = Maps(seen, predictions, withheld, target, cancellationToken);

        CxrReport[] reports = new CxrReport[images.Count];
        for (int i = 0; i < reports.Length; i++)
        {
            Heatmap? sized = maps[i]?.ToImageSize();
            reports[i] = new CxrReport
            {
                Image = images[i],
                Prediction = withheld[i] ? predictions[i].Withhold() : Warned(predictions[i], maps[i], lungs?[i]),
                Map = sized,
                Origin = sized is null ? null : (maps[i]!, sized),
                Lungs = lungs?[i],
            };
        }

        return reports;
    }

    /// <summary>Analyzes one image.</summary>
    /// <param name="image">A grey plane of any size.</param>
    /// <param name="target">Which finding to explain.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <exception cref="CxrModelException">A backend failed; see InnerException.</exception>
    public CxrReport Analyze(GrayImage image, ExplanationTarget target = default, CancellationToken cancellationToken = default) =>
        Analyze([image], target, cancellationToken)[0];

    /// <summary>Analyzes the bytes of an image file.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="target">Which finding to explain.</param>
    /// <param name="cancellationToken">Stops the run; decoding is not interrupted.</param>
    /// <exception cref="InvalidDataException">The bytes are no image that the decoder reads.</exception>
    /// <exception cref="CxrModelException">A backend failed; see InnerException.</exception>
    public CxrReport Analyze(ReadOnlyMemory<byte> file, ExplanationTarget target = default, CancellationToken cancellationToken = default) =>
        Analyze(() => _decoder.Decode(file, _options.Limits), target, cancellationToken);

    /// <summary>Analyzes an image file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="target">Which finding to explain.</param>
    /// <param name="cancellationToken">Stops the run; reading and decoding are not interrupted.</param>
    /// <exception cref="InvalidDataException">The file is no image that the decoder reads; the message begins with its name.</exception>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    /// <exception cref="CxrModelException">A backend failed; see InnerException.</exception>
    public CxrReport Analyze(string path, ExplanationTarget target = default, CancellationToken cancellationToken = default) =>
        Analyze(() => _decoder.DecodeFile(path, _options.Limits), target, cancellationToken);

    /// <summary>Analyzes an image file from a stream.</summary>
    /// <param name="stream">It is read from where it stands to its end and left open.</param>
    /// <param name="target">Which finding to explain.</param>
    /// <param name="cancellationToken">Stops the run; reading and decoding are not interrupted.</param>
    /// <exception cref="InvalidDataException">The bytes are no image that the decoder reads.</exception>
    /// <exception cref="CxrModelException">A backend failed; see InnerException.</exception>
    public CxrReport Analyze(Stream stream, ExplanationTarget target = default, CancellationToken cancellationToken = default) =>
        Analyze(() => _decoder.DecodeStream(stream, _options.Limits), target, cancellationToken);

    /// <summary>Analyzes a stream of radiographs: decoding and the networks work at the same time, memory is bounded, results come in order.</summary>
    /// <remarks>A radiograph that cannot be read gives a result with its error, and the stream goes on. Nothing begins before the first result is asked for, and nothing is left running when the enumeration has ended, however it ends. See docs/streaming.md.</remarks>
    /// <param name="sources">The radiographs; their enumerator must heed its token.</param>
    /// <param name="target">Which finding to explain.</param>
    /// <param name="options">What may be held at once; <see cref="CxrPipelineOptions.Streaming"/> where null. The limits of a file are those of the options that are used.</param>
    /// <param name="cancellationToken">Stops everything, the run under way included; a file that is being decoded is finished.</param>
    /// <returns>One result per source, in the same order. A report holds its image.</returns>
    /// <exception cref="OperationCanceledException">While enumerating: the token was cancelled.</exception>
    public IAsyncEnumerable<StreamResult<CxrReport>> AnalyzeAsync(IAsyncEnumerable<RadiographSource> sources, ExplanationTarget target = default, StreamingOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sources);
        TargetFinding.IndexOf(Card, target);
        StreamWork<CxrReport> work = new(Card.Id, (images, stop) => Analyze(images, target, stop), Stamp, ReportBytesPerPixel, ValuesHoldImages: true);
        return ImageStream<CxrReport>.RunAsync(sources, _decoder, work, (options ?? _streaming).Checked(), cancellationToken);
    }

    /// <summary>Analyzes a stream of image files.</summary>
    /// <param name="files">Their paths; their enumerator must heed its token.</param>
    /// <param name="target">Which finding to explain.</param>
    /// <param name="options">What may be held at once; <see cref="CxrPipelineOptions.Streaming"/> where null.</param>
    /// <param name="cancellationToken">Stops everything, the run under way included; a file that is being decoded is finished.</param>
    /// <returns>One result per file, in the same order.</returns>
    /// <exception cref="OperationCanceledException">While enumerating: the token was cancelled.</exception>
    public IAsyncEnumerable<StreamResult<CxrReport>> AnalyzeAsync(IAsyncEnumerable<string> files, ExplanationTarget target = default, StreamingOptions? options = null, CancellationToken cancellationToken = default) =>
        AnalyzeAsync(files.AsSources(), target, options, cancellationToken);

    /// <summary>Disposes of classifier, segmenter and explanation, unless they were to be left open.</summary>
    public void Dispose()
    {
        if (_options.LeaveOpen)
        {
            return;
        }

        _explanation?.Dispose();
        _segmenter?.Dispose();
        _classifier.Dispose();
    }

    private static CxrReport Stamp(CxrReport report, TimeSpan decode, TimeSpan queue) =>
        report with { Prediction = report.Prediction.Stamped(decode, queue) };

    // What is scored is what is explained, and what is withheld is not. At the maps' own resolution, over the whole images.
    private Heatmap?[] Maps(LungFocus[] seen, CxrPrediction[] predictions, bool[] withheld, ExplanationTarget target, CancellationToken cancellationToken)
    {
        if (_explanation is null)
        {
            return [.. predictions.Select((prediction, i) => withheld[i] ? null : prediction.Map)];
        }

        Queue<Heatmap> explained = new(_explanation.Explain([.. seen.Where((_, i) => !withheld[i]).Select(static focus => focus.Image)], target, cancellationToken));
        return [.. seen.Select((focus, i) => withheld[i] ? null : focus.ToWholeImage(explained.Dequeue()))];
    }

    // The raw map: the zeros that its image's size has around a part of the image would hide the floor of the part.
    private CxrPrediction Warned(CxrPrediction prediction, Heatmap? map, LungMask? lungs)
    {
        string? shortcut = map is not null && lungs is not null && _options.ShortcutLimit is { } limit ? ShortcutAlarm.Warning(map, lungs, limit) : null;
        string? unguarded = _options.AbstainWhenUnlike && prediction.Distance is null
            ? $"Nothing tells whether the image is unlike those that '{prediction.ModelId}' was made with, so AbstainWhenUnlike withholds nothing: its card has no guard."
            : null;
        return shortcut is null && unguarded is null
            ? prediction
            : prediction with { Warnings = [.. prediction.Warnings, .. new[] { unguarded, shortcut }.OfType<string>()] };
    }

    private CxrReport Analyze(Func<DecodedImage> decode, ExplanationTarget target, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        long started = Stopwatch.GetTimestamp();
        GrayImage image;
        try
        {
            image = GrayConversion.ToGray(decode());
        }
        catch (Exception e)
        {
            DecodeTelemetry.Record(started, e);
            throw;
        }

        TimeSpan decoding = Stopwatch.GetElapsedTime(started);
        DecodeTelemetry.Record(started, null);
        return Stamp(Analyze(image, target, cancellationToken), decoding, TimeSpan.Zero);
    }
}
