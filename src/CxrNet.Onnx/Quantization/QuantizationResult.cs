namespace CxrNet.Onnx.Quantization;

/// <summary>A quantised model, and what was done to it.</summary>
public sealed record QuantizationResult
{
    /// <summary>The bytes of the new .onnx file.</summary>
    public required ReadOnlyMemory<byte> Model { get; init; }

    /// <summary>The card inside it.</summary>
    public required CxrModelCard Card { get; init; }

    /// <summary>The operators of the model after folding constants and batch normalisation, in the order of the file.</summary>
    public required IReadOnlyList<QuantizedNode> Nodes { get; init; }

    /// <summary>The activations that are stored as 8-bit integers, in the order of the file.</summary>
    public required IReadOnlyList<QuantizedTensor> Activations { get; init; }

    /// <summary>Calibration images that were run.</summary>
    public required int CalibrationImages { get; init; }
}
