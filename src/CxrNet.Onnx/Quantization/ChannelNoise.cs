using System.Numerics.Tensors;

namespace CxrNet.Onnx.Quantization;

/// <summary>How much rounding to 8 bits adds to what the readers of a group of tensors give, as a share of what they give without it; the same estimate for any factors.</summary>
/// <remarks>
/// Rounding to steps of d adds noise of variance d²/12. That of a tensor, whose step all channels share, comes through the weights that read it; that of a filter's weights, whose step its channels share, through the tensor.
/// Tensors before and behind a sum are taken alike.
/// </remarks>
internal sealed class ChannelNoise
{
    private const double ActivationSteps = 255, WeightSteps = 127;

    private readonly IReadOnlyList<ChannelStatistics> _tensors;
    private readonly double[] _meanSquare;

    // Of each reader, [outputs, channels, taps].
    private readonly (float[] Weights, int Outputs, int Taps)[] _readers;

    public ChannelNoise(IReadOnlyList<ChannelStatistics> tensors, IReadOnlyList<OnnxTensor> readers)
    {
        _tensors = tensors;
        _meanSquare = Mean(tensors);
        _readers = [.. readers.Select(static r => (r.Floats, (int)r.Shape[0], (int)(r.Shape[2] * r.Shape[3])))];
        GreatestWeights = new float[_meanSquare.Length];
        foreach ((float[] weights, int outputs, int taps) in _readers)
        {
            for (int p = 0; p < outputs * GreatestWeights.Length; p++)
            {
                ref float greatest = ref GreatestWeights[p % GreatestWeights.Length];
                greatest = Math.Max(greatest, Math.Abs(TensorPrimitives.MaxMagnitude(weights.AsSpan(p * taps, taps))));
            }
        }
    }

    /// <summary>The greatest magnitude of the weights that each channel meets.</summary>
    public float[] GreatestWeights { get; }

    /// <summary>The estimate where channel c is divided by <c>factors[c]</c>.</summary>
    public double Of(ReadOnlySpan<float> factors)
    {
        double step = 0;
        foreach (ChannelStatistics tensor in _tensors)
        {
            float least = 0, greatest = 0;
            for (int c = 0; c < factors.Length; c++)
            {
                least = Math.Min(least, tensor.Least[c] / factors[c]);
                greatest = Math.Max(greatest, tensor.Greatest[c] / factors[c]);
            }

            step += Math.Pow((greatest - least) / ActivationSteps, 2);
        }

        double power = 0;
        for (int c = 0; c < factors.Length; c++)
        {
            power += _meanSquare[c] / ((double)factors[c] * factors[c]);
        }

        double noise = 0;
        foreach ((float[] weights, int outputs, int taps) in _readers)
        {
            noise += OfReader(weights, outputs, taps, factors, step, power);
        }

        return noise;
    }

    private double OfReader(float[] weights, int outputs, int taps, ReadOnlySpan<float> factors, double step, double power)
    {
        double passed = 0, signal = 0, own = 0;
        for (int o = 0; o < outputs; o++)
        {
            double greatest = 0;
            for (int c = 0; c < factors.Length; c++)
            {
                ReadOnlySpan<float> tap = weights.AsSpan(((o * factors.Length) + c) * taps, taps);
                double squares = TensorPrimitives.SumOfSquares(tap);
                signal += squares * _meanSquare[c];
                passed += squares * factors[c] * factors[c];
                greatest = Math.Max(greatest, Math.Abs(TensorPrimitives.MaxMagnitude(tap)) * factors[c]);
            }

            own += Math.Pow(greatest / WeightSteps, 2) * taps * power;
        }

        return signal > 0 ? ((step * passed) + own) / signal : 0;
    }

    private static double[] Mean(IReadOnlyList<ChannelStatistics> tensors)
    {
        double[] mean = new double[tensors[0].MeanSquare.Length];
        foreach (ChannelStatistics tensor in tensors)
        {
            TensorPrimitives.Add<double>(mean, tensor.MeanSquare, mean);
        }

        TensorPrimitives.Divide(mean, tensors.Count, mean);
        return mean;
    }
}
