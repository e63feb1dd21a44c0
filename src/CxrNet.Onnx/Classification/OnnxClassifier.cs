using System.Diagnostics;

namespace CxrNet.Onnx;

/// <summary>Scores chest radiographs with ONNX Runtime; the network's own map comes from the same forward pass.</summary>
/// <remarks>The images come with the card's lung handling already done. Safe for concurrent use. Disposed of while a call is running, it lets the pass under way finish and ends the call with an <see cref="ObjectDisposedException"/>.</remarks>
public sealed class OnnxClassifier : ICxrClassifier, ITensorClassifier
{
    private readonly OnnxModel _model;
    private readonly CardInput _input;
    private readonly InputDistance? _guard;
    private readonly string? _fallback;

    private OnnxClassifier(OnnxModel model)
    {
        _model = model;
        // A card's lung handling is done before a classifier sees the image, so it is no part of this model's own input.
        _input = model.Card.Input with { Lungs = LungHandling.None };
        _guard = InputDistance.Of(model.Card);
        _fallback = model.FallbackReason is null ? null : $"The processor computed this in place of what was asked for. {model.FallbackReason}";
    }

    /// <inheritdoc/>
    public CxrModelCard Card => _model.Card;

    /// <summary>What runs the model: what <see cref="OnnxOptions.Provider"/> asked for, or the processor where that could not be used and <see cref="OnnxOptions.AllowCpuFallback"/> was set.</summary>
    public OnnxProvider Provider => _model.Provider;

    /// <summary>Why the processor runs the model and not what was asked for, in a sentence; null where nothing fell back.</summary>
    public string? FallbackReason => _model.FallbackReason;

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
        CxrPrediction[] predictions = new CxrPrediction[images.Count];
        int start = 0;
        foreach (GrayImage[] batch in ImageBatch.Split(images, _model.MaxBatch))
        {
            ClassifyBatch(batch, predictions.AsSpan(start, batch.Length), cancellationToken);
            start += batch.Length;
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
            using OnnxLane lane = _model.Rent(rows);
            inputs.Values.Slice(start * length, rows * length).CopyTo(lane.Input);
            _model.Run(lane, rows, isLogitsAlone: true, cancellationToken);
            lane.Outputs[_model.LogitsAt!.Value].Values[..(rows * outputs)].CopyTo(logits.Values[(start * outputs)..]);
        }

        TensorInputGuard.CheckLogits(logits, count, Card);
    }

    /// <inheritdoc/>
    public void Dispose() => _model.Dispose();

    private void ClassifyBatch(GrayImage[] images, Span<CxrPrediction> predictions, CancellationToken cancellationToken)
    {
        using OnnxLane lane = _model.Rent(images.Length);
        long started = Stopwatch.GetTimestamp();
        using InputTensor input = InputTensor.From(images, _input, lane.Input);

        long prepared = Stopwatch.GetTimestamp();
        _model.Run(lane, images.Length, isLogitsAlone: false, cancellationToken);

        long ran = Stopwatch.GetTimestamp();
        TensorBuffer logits = lane.Outputs[_model.LogitsAt!.Value];
        TensorBuffer? pooled = _model.PooledAt is { } at ? lane.Outputs[at] : null;
        IReadOnlyList<Heatmap>? maps = _model.MapAt is { } mapAt ? HeatmapReader.Read(lane.Outputs[mapAt], _model.MapSize.Width, _model.MapSize.Height, input, images, Card.Id) : null;
        float[] distances = _guard is null ? [] : new float[images.Length];
        _guard?.Measure(input, pooled, distances);
        StageTimings perImage = new(
            TimeSpan.Zero,
            Stopwatch.GetElapsedTime(started, prepared) / images.Length,
            Stopwatch.GetElapsedTime(prepared, ran) / images.Length,
            Stopwatch.GetElapsedTime(ran) / images.Length);
        IReadOnlyList<CxrPrediction> read = PredictionReader.Read(logits.Values.Span[..(images.Length * logits.LengthEach)], images.Length, Card, maps, images, perImage, distances);
        CxrTelemetry.RecordPass(Card.Id, images.Length, started, prepared, ran);
        read = _model.KeepsFeatures ? InputDistance.Keep(read, input, _input, pooled) : read;
        for (int i = 0; i < predictions.Length; i++)
        {
            predictions[i] = _fallback is null ? read[i] : read[i] with { Warnings = [.. read[i].Warnings, _fallback] };
        }
    }
}
