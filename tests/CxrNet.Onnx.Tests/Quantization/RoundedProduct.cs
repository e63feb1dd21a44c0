using CxrNet.Onnx.Quantization;

namespace CxrNet.Onnx.Tests;

/// <summary>A 1 x 1 convolution over channels of very unlike ranges, rounded as the engine rounds it.</summary>
internal sealed class RoundedProduct
{
    public const int Channels = 24;
    private const int Outputs = 16, Pixels = 500;

    private readonly float[] _values = new float[Channels * Pixels];
    private readonly float[] _weights = new float[Outputs * Channels];

    public RoundedProduct(int seed)
    {
        Random random = new(seed);
        for (int c = 0; c < Channels; c++)
        {
            // Ranges over three orders of magnitude, whose weights make up for half of it.
            float range = MathF.Pow(10, (3 * random.NextSingle()) - 1.5f);
            foreach (ref float value in _values.AsSpan(c * Pixels, Pixels))
            {
                value = range * ((2 * random.NextSingle()) - 1);
            }

            for (int o = 0; o < Outputs; o++)
            {
                _weights[(o * Channels) + c] = ((2 * random.NextSingle()) - 1) / MathF.Sqrt(range);
            }
        }

        Statistics.Observe(_values, 1);
    }

    public ChannelStatistics Statistics { get; } = new(Channels);

    public ChannelNoise Noise(int weightLimit) => new([Statistics], [OnnxTensor.Of("w", _weights, Outputs, Channels, 1, 1)], weightLimit);

    /// <summary>The power of the error of rounding, as a share of the power of the result, with each channel divided by its factor.</summary>
    public double Error(float[] factors, int weightLimit)
    {
        float[] values = [.. _values.Select((v, i) => v / factors[i / Pixels])], weights = [.. _weights.Select((w, i) => w * factors[i % Channels])];
        double step = (values.Max() - values.Min()) / 255.0;
        double error = 0, power = 0;
        for (int o = 0; o < Outputs; o++)
        {
            float[] filter = weights[(o * Channels)..((o + 1) * Channels)];
            double weightStep = filter.Max(Math.Abs) / weightLimit;
            for (int p = 0; p < Pixels; p++)
            {
                double exact = 0, rounded = 0;
                for (int c = 0; c < Channels; c++)
                {
                    float value = values[(c * Pixels) + p];
                    exact += (double)value * filter[c];
                    rounded += Math.Round(value / step) * step * Math.Round(filter[c] / weightStep) * weightStep;
                }

                error += Math.Pow(rounded - exact, 2);
                power += exact * exact;
            }
        }

        return error / power;
    }
}
