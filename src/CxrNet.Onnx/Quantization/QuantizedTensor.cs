namespace CxrNet.Onnx.Quantization;

/// <summary>How the values of one activation are stored: <c>real = Scale * (integer - ZeroPoint)</c>.</summary>
/// <param name="Name">The tensor's name in the original file.</param>
/// <param name="Minimum">Least value that calibration chose to represent, 0 or less.</param>
/// <param name="Maximum">Greatest such value, 0 or more.</param>
/// <param name="Scale">The width of one step.</param>
/// <param name="ZeroPoint">The integer that stands for exactly 0.</param>
public sealed record QuantizedTensor(string Name, float Minimum, float Maximum, float Scale, int ZeroPoint);
