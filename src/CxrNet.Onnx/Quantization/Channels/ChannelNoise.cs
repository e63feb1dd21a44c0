using System.Numerics.Tensors;

namespace CxrNet.Onnx.Quantization;

/// <summary>How much rounding to 8 bits adds to what the readers of a group of tensors give, as a share of the power of what they give without it.</summary>
/// <remarks>
/// Rounding to steps of d adds noise of variance d²/12. With channels divided by f, m their mean squares, w the weights of one reader and d the steps of each tensor t (its range in 255) and of each filter o (its greatest weight in 127 or 63):
/// <c>noise = (Σt dt² Σoc (w f)² + Σo do² Σc m / f²) / 12 / Σoc w² m</c>, summed over the readers. Values are taken as independent, and tensors before and behind a sum alike.
/// </remarks>
internal sealed class ChannelNoise
{
    private const double ActivationSteps = 255, OfUniform = 1 / 12.0;

    private readonly IReadOnlyList<ChannelStatistics> _tensors;
    private readonly double[] _meanSquare;
    private readonly int _weightLimit;

    // Of each reader, [outputs, channels, taps].
    private readonly (float[] Weights, int Outputs, int Taps)[] _readers;

    /// <param name="tensors">The rounded ones.</param>
    /// <param name="readers">Weights, [outputs, channels, rows, columns].</param>
    /// <param name="weightLimit">Greatest integer of a weight.</param>
    public ChannelNoise(IReadOnlyList<ChannelStatistics> tensors, IReadOnlyList<OnnxTensor> readers, int weightLimit)
    {
        _weightLimit = weightLimit;
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

            own += Math.Pow(greatest / _weightLimit, 2) * taps * power;
        }

        return signal > 0 ? OfUniform * ((step * passed) + own) / signal : 0;
    }

    private static double[] Mean(IReadOnlyList<ChannelStatistics> tensors)
    {
        double[] mean = tensors[0].MeanSquares();
        foreach (ChannelStatistics tensor in tensors.Skip(1))
        {
            TensorPrimitives.Add<double>(mean, tensor.MeanSquares(), mean);
        }

        TensorPrimitives.Divide(mean, tensors.Count, mean);
        return mean;
    }
}
