namespace CxrNet.Onnx.Quantization;

/// <summary>How far a quantisation is.</summary>
/// <param name="Stage">What it is busy with.</param>
/// <param name="Done">Images done in this stage.</param>
/// <param name="Total">Images of this stage; null while they are still being read.</param>
public readonly record struct QuantizationProgress(QuantizationStage Stage, int Done, int? Total);
