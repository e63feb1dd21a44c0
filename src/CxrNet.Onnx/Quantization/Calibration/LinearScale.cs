namespace CxrNet.Onnx.Quantization;

/// <summary>The affine map between real numbers and 8-bit integers, <c>real = Scale * (integer - ZeroPoint)</c>.</summary>
internal readonly record struct LinearScale(float Scale, int ZeroPoint, int Least, int Greatest)
{
    /// <summary>The map for a range, which is widened to hold 0: padding and ReLU need it exactly.</summary>
    /// <remarks><c>Scale = (max - min) / 255</c>, <c>ZeroPoint = round(Least - min / Scale)</c>, halves to even.</remarks>
    public static LinearScale For(float minimum, float maximum, ActivationType type)
    {
        (int least, int greatest) = type == ActivationType.UInt8 ? (0, 255) : (-128, 127);
        double min = Math.Min(minimum, 0), max = Math.Max(maximum, 0);
        float scale = (float)((max - min) / (greatest - least));
        if (!float.IsNormal(scale))
        {
            // Nothing but zeros was seen: any scale holds them.
            return new LinearScale(1, 0, least, greatest);
        }

        // ONNX Runtime drops a Clip before 8-bit values only where none of them lies beyond it, rounding included.
        while (min == 0 && scale * (greatest - least) > maximum)
        {
            scale = MathF.BitDecrement(scale);
        }

        int zero = (int)Math.Clamp(Math.Round(least - (min / scale), MidpointRounding.ToEven), least, greatest);
        return new LinearScale(scale, zero, least, greatest);
    }

    /// <summary>The nearest integer, halves to even, as ONNX's QuantizeLinear.</summary>
    public int Quantize(float value) => (int)Math.Clamp(MathF.Round(value / Scale, MidpointRounding.ToEven) + ZeroPoint, Least, Greatest);

    /// <summary>The real number of an integer.</summary>
    public float Dequantize(int value) => Scale * (value - ZeroPoint);
}
