using System.Numerics.Tensors;

namespace CxrNet.Onnx.Quantization;

/// <summary>Weights as int8 with one symmetric scale per output channel, and their bias as int32.</summary>
internal static class WeightQuantization
{
    // Half of int32's range is left to the sums of products.
    private const double MostOfBias = int.MaxValue / 2;

    /// <summary>One scale per channel: <c>max|w| / limit</c>, or more where the channel's bias would not fit.</summary>
    /// <param name="weights">Row-major.</param>
    /// <param name="outer">Product of the dimensions before the channels.</param>
    /// <param name="channels">Output channels.</param>
    /// <param name="bias">One per channel, or empty.</param>
    /// <param name="inputScale">The scale of the activation that the weights meet.</param>
    /// <param name="limit">Greatest integer: 127, or 63 for seven bits.</param>
    public static float[] Scales(ReadOnlySpan<float> weights, int outer, int channels, ReadOnlySpan<float> bias, float inputScale, int limit)
    {
        int inner = weights.Length / (outer * channels);
        float[] scales = new float[channels];
        for (int c = 0; c < channels; c++)
        {
            float most = 0;
            for (int o = 0; o < outer; o++)
            {
                most = Math.Max(most, Math.Abs(TensorPrimitives.MaxMagnitude(weights.Slice(((o * channels) + c) * inner, inner))));
            }

            // A channel of next to no weight has next to no scale, and its bias divided by that would overflow.
            double least = bias.IsEmpty ? 0 : Math.Abs(bias[c]) / (inputScale * MostOfBias);
            float scale = (float)Math.Max(most / limit, least);
            scales[c] = float.IsNormal(scale) ? scale : 1;
        }

        return scales;
    }

    /// <summary><c>round(w / scale)</c> within plus and minus the limit, halves to even.</summary>
    public static sbyte[] Quantize(ReadOnlySpan<float> weights, int outer, ReadOnlySpan<float> scales, int limit)
    {
        sbyte[] integers = new sbyte[weights.Length];
        int inner = weights.Length / (outer * scales.Length);
        for (int i = 0; i < integers.Length; i++)
        {
            integers[i] = (sbyte)Math.Clamp(MathF.Round(weights[i] / scales[i / inner % scales.Length], MidpointRounding.ToEven), -limit, limit);
        }

        return integers;
    }

    /// <summary><c>round(b / (inputScale * scale))</c>, halves to even.</summary>
    public static int[] QuantizeBias(ReadOnlySpan<float> bias, float inputScale, ReadOnlySpan<float> scales)
    {
        int[] integers = new int[bias.Length];
        for (int c = 0; c < integers.Length; c++)
        {
            integers[c] = (int)Math.Clamp(Math.Round(bias[c] / ((double)inputScale * scales[c]), MidpointRounding.ToEven), int.MinValue, int.MaxValue);
        }

        return integers;
    }
}
