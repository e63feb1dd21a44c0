namespace CxrNet.Onnx;

/// <summary>Finds the lungs with ONNX Runtime.</summary>
/// <remarks>Safe for concurrent use. Disposed of while a call is running, it lets the pass under way finish and ends the call with an <see cref="ObjectDisposedException"/>.</remarks>
public sealed class OnnxLungSegmenter : ILungSegmenter
{
    private readonly OnnxModel _model;

    private OnnxLungSegmenter(OnnxModel model) => _model = model;

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
    public static OnnxLungSegmenter Load(string path, OnnxOptions? options = null) =>
        new(OnnxModelLoader.Load(path, options, CxrModelTask.LungSegmentation));

    /// <summary>Loads a model from a stream, which is read to its end and left open.</summary>
    /// <param name="stream">The bytes of an .onnx file.</param>
    /// <param name="options">How to load it; <see cref="OnnxOptions.Default"/> where null.</param>
    /// <param name="name">What errors call the model.</param>
    /// <exception cref="CxrModelException">As for a file.</exception>
    public static OnnxLungSegmenter Load(Stream stream, OnnxOptions? options = null, string name = "model") =>
        new(OnnxModelLoader.Load(stream, options, name, CxrModelTask.LungSegmentation));

    /// <summary>Loads a model that is already in memory.</summary>
    /// <param name="bytes">The bytes of an .onnx file; not needed after the call.</param>
    /// <param name="options">How to load it; <see cref="OnnxOptions.Default"/> where null.</param>
    /// <param name="name">What errors call the model.</param>
    /// <exception cref="CxrModelException">As for a file.</exception>
    public static OnnxLungSegmenter Load(byte[] bytes, OnnxOptions? options = null, string name = "model") =>
        new(OnnxModelLoader.Load(bytes, options, name, CxrModelTask.LungSegmentation));

    /// <inheritdoc/>
    public IReadOnlyList<LungMask> Segment(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        _model.RequireUsable(cancellationToken);
        List<LungMask> masks = new(images.Count);
        foreach (GrayImage[] batch in ImageBatch.Split(images, _model.MaxBatch))
        {
            masks.AddRange(SegmentBatch(batch, cancellationToken));
        }

        return masks;
    }

    /// <inheritdoc/>
    public void Dispose() => _model.Dispose();

    private IReadOnlyList<LungMask> SegmentBatch(GrayImage[] images, CancellationToken cancellationToken)
    {
        using OnnxLane lane = _model.Rent(images.Length);
        using InputTensor input = InputTensor.From(images, Card.Input, lane.Input);
        _model.Run(lane, images.Length, isLogitsAlone: false, cancellationToken);
        return LungMaskReader.Read(lane.Outputs[_model.MapAt!.Value], _model.MapSize.Width, _model.MapSize.Height, input, images, Card.Id);
    }
}
