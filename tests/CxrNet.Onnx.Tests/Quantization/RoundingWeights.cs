using CxrNet.Onnx.Quantization;

namespace CxrNet.Onnx.Tests;

public sealed class RoundingWeights
{
    [Theory]
    [InlineData(1, 7, 9, 127)]
    [InlineData(1, 1, 25, 127)]
    [InlineData(5, 8, 1, 127)]
    [InlineData(3, 4, 6, 63)]
    public void EachChannelHasItsOwnSymmetricScaleAndEachWeightIsOffByHalfAStep(int outer, int channels, int inner, int limit)
    {
        Random random = new(3);
        float[] weights = [.. Enumerable.Range(0, outer * channels * inner).Select(i => (float)((random.NextDouble() - 0.5) * Math.Pow(10, i / inner % channels % 3)))];
        float[] scales = WeightQuantization.Scales(weights, outer, channels, [], 0.1f, limit);
        sbyte[] integers = WeightQuantization.Quantize(weights, outer, scales, limit);
        for (int c = 0; c < channels; c++)
        {
            int[] own = [.. Enumerable.Range(0, weights.Length).Where(i => i / inner % channels == c)];
            Assert.Equal(own.Max(i => Math.Abs(weights[i])) / limit, scales[c], 1e-7f);
            Assert.Equal(limit, own.Max(i => Math.Abs((int)integers[i])));
            Assert.All(own, i => Assert.InRange(Math.Abs((integers[i] * scales[c]) - weights[i]), 0, 0.5001f * scales[c]));
        }
    }

    [Fact]
    public void ABiasIsRoundedInStepsOfItsProductsScale()
    {
        float[] bias = [1, -2.5f, 0, 0.0301f], scales = [0.01f, 0.02f, 0.5f, 0.3f];
        int[] integers = WeightQuantization.QuantizeBias(bias, 0.1f, scales);
        for (int c = 0; c < bias.Length; c++)
        {
            Assert.Equal((int)Math.Round(bias[c] / (0.1 * scales[c])), integers[c]);
        }
    }

    [Fact]
    public void AChannelOfNextToNoWeightKeepsItsBias()
    {
        float[] weights = [1e-30f, -1e-30f, 0, 0, 1, -1], bias = [5, 7, 3];
        float[] scales = WeightQuantization.Scales(weights, 1, 3, bias, 0.02f, 127);
        int[] integers = WeightQuantization.QuantizeBias(bias, 0.02f, scales);
        for (int c = 0; c < bias.Length; c++)
        {
            Assert.Equal(bias[c], integers[c] * 0.02 * scales[c], 1e-3);
            Assert.InRange(Math.Abs((long)integers[c]), 0, (int.MaxValue / 2) + 100);
        }
    }
}
