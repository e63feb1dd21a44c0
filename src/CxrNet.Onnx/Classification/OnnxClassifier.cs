using System.Diagnostics;

namespace CxrNet.Onnx;

/// <summary>Scores chest radiographs with ONNX Runtime; the network's own map comes from the same forward pass.</summary>
/// <remarks>The images come with the card's lung handling already done. Safe for concurrent use. Disposed of while a call is running, it lets the pass under way finish and ends the call with an <see cref="ObjectDisposedException"/>.</remarks>
public sealed class OnnxClassifier : ICxrClassifier, ITensorClassifier
{
    private readonly OnnxModel _model;
    private readonly CardInput _input;
    private readonly InputDistance? _guard;

    private OnnxClassifier(OnnxModel model)
    {
        _model = model;
        // A card's lung handling is done before a classifier sees the image, so it is no part of this model's own input.
        _input = model.Card.Input with { Lungs = LungHandling.None };
        _guard = InputDistance.Of(model.Card);
    }

    /// <inheritdoc/>
    public CxrModelCard Card => _model.Card;

    /// <summary>Loads a model file. Its card is inside it, or beside it as <c>name.card.json</c>, or in the options.</summary>
    /// <param name="path">The .onnx file; weights in further files must lie in its folder.</param>
    /// <param name="options">How to load it; <see cref="OnnxOptions.Default"/> where null.</param>
    /// <exception cref="CxrModelException">The file is not there, is damaged, has no card or does not do what its card says, or the engine or the device is missing.</exception>
    public static OnnxClassifier Load(string path, OnnxOptions? options = null) =>
        new(OnnxModelLoader.Load(path, options, CxrModelTask.Classification));

    /// <summary>Loads a model from a stream, which is read to its end and left open.</summary>
    /// <param name="stream">The bytes of an .onnx file.</param>
    /// <param name="options">How to load it; <see cref="OnnxOptions.Default"/> where null.</param>
    /// <param name="name">What errors call the model.</param>
    /// <exception cref="CxrModelException">As for a file.</exception>
    public static OnnxClassifier Load(Stream stream, OnnxOptions? options = null, string name = "model") =>
        new(OnnxModelLoader.Load(stream, options, name, CxrModelTask.Classification));

    /// <summary>Loads a model that is already in memory.</summary>
    /// <param name="bytes">The bytes of an .onnx file; not needed after the call.</param>
    /// <param name="options">How to load it; <see cref="OnnxOptions.Default"/> where null.</param>
    /// <param name="name">What errors call the model.</param>
    /// <exception cref="CxrModelException">As for a file.</exception>
    public static OnnxClassifier Load(byte[] bytes, OnnxOptions? options = null, string name = "model") =>
        new(OnnxModelLoader.Load(bytes, options, name, CxrModelTask.Classification));

    /// <inheritdoc/>
    public IReadOnlyList<CxrPrediction> Classify(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        _model.RequireUsable(cancellationToken);
        List<CxrPrediction> predictions = new(images.Count);
        foreach (ImageBatch batch in ImageBatch.Split(images, _model.MaxBatch, _model.FixedBatch))
        {
            predictions.AddRange(ClassifyBatch(batch, cancellationToken));
        }

        return predictions;
    }

    /// <inheritdoc/>
    public void ScoreInputs(TensorBuffer inputs, int count, TensorBuffer logits, CancellationToken cancellationToken = default)
    {
        TensorInputGuard.Check(inputs, count, logits, Card);
        _model.RequireUsable(cancellationToken);
        int most = _model.MaxBatch, length = inputs.LengthEach, outputs = logits.LengthEach;
        for (int start = 0; start < count; start += most)
        {
            int rows = Math.Min(most, count - start);
            if (_model.FixedBatch > rows)
            {
                ScorePadded(inputs, start, rows, logits, cancellationToken);
                continue;
            }

            _model.RunLogits(inputs.Values.Slice(start * length, rows * length), rows, logits.Values.Slice(start * outputs, rows * outputs), cancellationToken);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _model.Dispose();

    // A graph of one batch size gets its rows and then zeros.
    private void ScorePadded(TensorBuffer inputs, int start, int rows, TensorBuffer logits, CancellationToken cancellationToken)
    {
        int batch = _model.FixedBatch!.Value, length = inputs.LengthEach, outputs = logits.LengthEach;
        using TensorBuffer padded = TensorBuffer.Rent(batch, length);
        using TensorBuffer all = TensorBuffer.Rent(batch, outputs);
        padded.Values.Span.Clear();
        inputs.Values.Slice(start * length, rows * length).CopyTo(padded.Values);
        _model.RunLogits(padded.Values, batch, all.Values, cancellationToken);
        all.Values[..(rows * outputs)].CopyTo(logits.Values[(start * outputs)..]);
    }

    private IReadOnlyList<CxrPrediction> ClassifyBatch(ImageBatch batch, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        using InputTensor input = InputTensor.From(batch.Padded, _input);
        using TensorBuffer logits = TensorBuffer.Rent(input.Count, Card.Findings.Count);
        using TensorBuffer? map = _model.RentMap(input.Count);
        using TensorBuffer? pooled = _model.RentPooled(input.Count);

        long prepared = Stopwatch.GetTimestamp();
        _model.Run(input, logits, map, pooled, cancellationToken);

        long ran = Stopwatch.GetTimestamp();
        IReadOnlyList<Heatmap>? maps = map is null ? null : HeatmapReader.Read(map, _model.MapSize.Width, _model.MapSize.Height, input, batch.Images, Card.Id);
        float[] distances = _guard is null ? [] : new float[batch.Images.Count];
        _guard?.Measure(input, pooled, distances);
        StageTimings perImage = new(
            TimeSpan.Zero,
            Stopwatch.GetElapsedTime(started, prepared) / batch.Images.Count,
            Stopwatch.GetElapsedTime(prepared, ran) / batch.Images.Count,
            Stopwatch.GetElapsedTime(ran) / batch.Images.Count);
        IReadOnlyList<CxrPrediction> predictions = PredictionReader.Read(logits.Values.Span[..(batch.Images.Count * logits.LengthEach)], batch.Images.Count, Card, maps, batch.Images, perImage, distances);
        CxrTelemetry.RecordPass(Card.Id, batch.Images.Count, started, prepared, ran);
        return _model.KeepsFeatures ? InputDistance.Keep(predictions, input, _input, pooled) : predictions;
    }
}
