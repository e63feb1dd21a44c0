using System.Numerics.Tensors;

namespace CxrNet.Onnx.Quantization;

/// <summary>Calibration images as the network wants them; the images themselves, which may be large, are not kept.</summary>
internal sealed class CalibrationInputs
{
    private readonly List<float[]> _values = [];
    private readonly long[] _shape;

    private CalibrationInputs(CxrModelCard card)
    {
        CardInput input = card.Input;
        Name = input.Name;
        _shape = input.ShapeOf(1);
    }

    /// <summary>The network's input.</summary>
    public string Name { get; }

    public int Count => _values.Count;

    /// <summary>Prepares images.</summary>
    /// <exception cref="ArgumentException">There are none, one is null, one has a pixel that is no number, or none shows anything.</exception>
    public static CalibrationInputs Prepare(IEnumerable<GrayImage> images, CxrModelCard card, IProgress<QuantizationProgress>? progress, CancellationToken cancellationToken)
    {
        CalibrationInputs inputs = new(card);
        // What the card asks of the lungs is done by whoever gives the images, as for a classifier on its own.
        CardInput whole = card.Input with { Lungs = LungHandling.None };
        bool anything = false;
        foreach (GrayImage image in images)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (image is null)
            {
                throw new ArgumentException($"Calibration image {inputs.Count} is null.", nameof(images));
            }

            if (!TensorPrimitives.IsFiniteAll(image.Pixels))
            {
                throw new ArgumentException($"Calibration image {inputs.Count} has pixels that are no finite numbers.", nameof(images));
            }

            anything |= TensorPrimitives.Min(image.Pixels) < TensorPrimitives.Max(image.Pixels);
            using InputTensor tensor = InputTensor.From([image], whole);
            inputs._values.Add(tensor.Values.ToArray());
            progress?.Report(new QuantizationProgress(QuantizationStage.Preparing, inputs.Count, null));
        }

        if (inputs.Count == 0)
        {
            throw new ArgumentException("There are no calibration images; some tens of radiographs as the model will see them were expected.", nameof(images));
        }

        return anything ? inputs : throw new ArgumentException($"All {inputs.Count} calibration images are of one grey level, so they say nothing of the activations; radiographs were expected.", nameof(images));
    }

    /// <summary>One image, repeated where the graph accepts one batch size only.</summary>
    public (long[] Shape, ReadOnlyMemory<float> Values) Batch(int image, int batch)
    {
        long[] shape = [batch, .. _shape.AsSpan(1)];
        return batch == 1 ? (shape, _values[image]) : (shape, Enumerable.Repeat(_values[image], batch).SelectMany(static v => v).ToArray());
    }
}
