namespace CxrNet.Onnx.Quantization;

/// <summary>What became of one operator.</summary>
/// <param name="Operator">Its type, for example <c>Conv</c>.</param>
/// <param name="Name">Its name, or its first output where it has none.</param>
/// <param name="IsQuantized">Whether it reads and writes 8-bit integers.</param>
/// <param name="Reason">Why not; empty where it is.</param>
public sealed record QuantizedNode(string Operator, string Name, bool IsQuantized, string Reason);
