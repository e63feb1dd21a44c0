using System.Diagnostics;
using CxrNet.Torch.Models;

namespace CxrNet.Torch;

/// <summary>Scores chest radiographs with libtorch; the network's own map comes from the same forward pass.</summary>
/// <remarks>The images come with the card's lung handling already done. Safe for concurrent use. Disposed of while a call is running, it lets the pass under way finish and ends the call with an <see cref="ObjectDisposedException"/>.</remarks>
public sealed class TorchClassifier : ICxrClassifier, ITensorClassifier
{
    private readonly TorchModel _model;
    private readonly CardInput _input;
    private readonly InputDistance? _guard;

    private TorchClassifier(TorchModel model)
    {
        _model = model;
        // A card's lung handling is done before a classifier sees the image, so it is no part of this model's own input.
        _input = model.Card.Input with { Lungs = LungHandling.None };
        _guard = InputDistance.Of(model.Card);
    }

    /// <inheritdoc/>
    public CxrModelCard Card => _model.Card;

    /// <summary>The network's layers, for the explanation methods that look inside; it belongs to this classifier. Read when first asked for, with a copy of the weights.</summary>
    public ExplainableNetwork Explainable => _model.Explainable;

    /// <summary>Loads a network: one of this library, one of the field (DenseNet-121, ResNet-18 and -50, MobileNetV2), or another's ONNX graph of the usual operators.</summary>
    /// <param name="path">A safetensors file, an ONNX file, or a PyTorch state_dict (.pt, .pth). Its card is inside it, or beside it as <c>name.card.json</c>, or in the options; of the field's networks it names the family.</param>
    /// <param name="options">How to load it; <see cref="TorchOptions.Default"/> where null.</param>
    /// <exception cref="CxrModelException">The file is not there, is damaged, has no card or does not fit it, or libtorch or the device is missing.</exception>
    public static TorchClassifier Load(string path, TorchOptions? options = null) =>
        new(TorchModel.Load(path, options, CxrModelTask.Classification));

    /// <summary>Loads a network from a stream, which is read to its end and left open.</summary>
    /// <param name="stream">The bytes of such a file.</param>
    /// <param name="options">How to load it; <see cref="TorchOptions.Default"/> where null.</param>
    /// <param name="name">What errors call the model.</param>
    /// <exception cref="CxrModelException">As for a file.</exception>
    public static TorchClassifier Load(Stream stream, TorchOptions? options = null, string name = "model")
    {
        ArgumentNullException.ThrowIfNull(stream);
        using MemoryStream copy = new();
        stream.CopyTo(copy);
        return Load(copy.ToArray(), options, name);
    }

    /// <summary>Loads a network that is already in memory.</summary>
    /// <param name="bytes">The bytes of such a file; not needed after the call.</param>
    /// <param name="options">How to load it; <see cref="TorchOptions.Default"/> where null.</param>
    /// <param name="name">What errors call the model.</param>
    /// <exception cref="CxrModelException">As for a file.</exception>
    public static TorchClassifier Load(byte[] bytes, TorchOptions? options = null, string name = "model") =>
        new(TorchModel.Load(bytes, name, options, CxrModelTask.Classification));

    /// <inheritdoc/>
    public IReadOnlyList<CxrPrediction> Classify(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        _model.RequireUsable(cancellationToken);
        List<CxrPrediction> predictions = new(images.Count);
        foreach (IReadOnlyList<GrayImage> batch in ImageBatch.Split(images, _model.MaxBatch))
        {
            cancellationToken.ThrowIfCancellationRequested();
            predictions.AddRange(ClassifyBatch(batch, cancellationToken));
        }

        return predictions;
    }

    /// <inheritdoc/>
    public void ScoreInputs(TensorBuffer inputs, int count, TensorBuffer logits, CancellationToken cancellationToken = default)
    {
        TensorInputGuard.Check(inputs, count, logits, Card);
        _model.RequireUsable(cancellationToken);
        long[] shape = _input.ShapeOf(0);
        for (int start = 0; start < count; start += _model.MaxBatch)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int rows = Math.Min(_model.MaxBatch, count - start);
            shape[0] = rows;
            _model.RunLogits(inputs.Values.Slice(start * inputs.LengthEach, rows * inputs.LengthEach), shape, logits.Values.Slice(start * logits.LengthEach, rows * logits.LengthEach), cancellationToken);
        }

        TensorInputGuard.CheckLogits(logits, count, Card);
    }

    /// <inheritdoc/>
    public void Dispose() => _model.Dispose();

    private IReadOnlyList<CxrPrediction> ClassifyBatch(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        using InputTensor input = InputTensor.From(images, _input);
        using TensorBuffer logits = TensorBuffer.Rent(input.Count, Card.Findings.Count);
        using TensorBuffer? map = Card.Outputs.Map is null || !_model.ReadsMap ? null : TensorBuffer.Rent(input.Count, _input.Height * _input.Width);
        using TensorBuffer? pooled = _model.RentPooled(input.Count);

        long prepared = Stopwatch.GetTimestamp();
        _model.Run(input, logits, map, pooled, cancellationToken);

        long ran = Stopwatch.GetTimestamp();
        IReadOnlyList<Heatmap>? maps = map is null ? null : HeatmapReader.Read(map, _input.Width, _input.Height, input, images, Card.Id);
        float[] distances = _guard is null ? [] : new float[images.Count];
        _guard?.Measure(input, pooled, distances);
        StageTimings perImage = new(
            TimeSpan.Zero,
            Stopwatch.GetElapsedTime(started, prepared) / images.Count,
            Stopwatch.GetElapsedTime(prepared, ran) / images.Count,
            Stopwatch.GetElapsedTime(ran) / images.Count);
        IReadOnlyList<CxrPrediction> predictions = PredictionReader.Read(logits.Values.Span, images.Count, Card, maps, images, perImage, distances);
        CxrTelemetry.RecordPass(Card.Id, images.Count, started, prepared, ran);
        return _model.KeepsFeatures ? InputDistance.Keep(predictions, input, _input, pooled) : predictions;
    }
}
