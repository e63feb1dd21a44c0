using CxrNet.Torch.Models;

namespace CxrNet.Torch;

/// <summary>Finds the lungs with libtorch.</summary>
/// <remarks>Safe for concurrent use. Disposed of while a call is running, it lets the pass under way finish and ends the call with an <see cref="ObjectDisposedException"/>.</remarks>
public sealed class TorchLungSegmenter : ILungSegmenter
{
    private readonly TorchModel _model;

    private TorchLungSegmenter(TorchModel model) => _model = model;

    /// <inheritdoc/>
    public CxrModelCard Card => _model.Card;

    /// <summary>Loads a network of this library.</summary>
    /// <param name="path">A safetensors file that a training wrote, or an ONNX file that this library exported.</param>
    /// <param name="options">How to load it; <see cref="TorchOptions.Default"/> where null.</param>
    /// <exception cref="CxrModelException">The file is not there, is damaged, has no card or does not fit it, or libtorch or the device is missing.</exception>
    public static TorchLungSegmenter Load(string path, TorchOptions? options = null) =>
        new(TorchModel.Load(path, options, CxrModelTask.LungSegmentation));

    /// <summary>Loads a network from a stream, which is read to its end and left open.</summary>
    /// <param name="stream">The bytes of such a file.</param>
    /// <param name="options">How to load it; <see cref="TorchOptions.Default"/> where null.</param>
    /// <param name="name">What errors call the model.</param>
    /// <exception cref="CxrModelException">As for a file.</exception>
    public static TorchLungSegmenter Load(Stream stream, TorchOptions? options = null, string name = "model")
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
    public static TorchLungSegmenter Load(byte[] bytes, TorchOptions? options = null, string name = "model") =>
        new(TorchModel.Load(bytes, name, options, CxrModelTask.LungSegmentation));

    /// <inheritdoc/>
    public IReadOnlyList<LungMask> Segment(IReadOnlyList<GrayImage> images, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        _model.RequireUsable(cancellationToken);
        List<LungMask> masks = new(images.Count);
        foreach (IReadOnlyList<GrayImage> batch in ImageBatch.Split(images, _model.MaxBatch))
        {
            cancellationToken.ThrowIfCancellationRequested();
            using InputTensor input = InputTensor.From(batch, Card.Input);
            using TensorBuffer map = TensorBuffer.Rent(input.Count, Card.Input.Height * Card.Input.Width);
            _model.Run(input, null, map, null, cancellationToken);
            masks.AddRange(LungMaskReader.Read(map, Card.Input.Width, Card.Input.Height, input, batch, Card.Id));
        }

        return masks;
    }

    /// <inheritdoc/>
    public void Dispose() => _model.Dispose();
}
