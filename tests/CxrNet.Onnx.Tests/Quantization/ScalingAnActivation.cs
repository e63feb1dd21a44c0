using CxrNet.Onnx.Quantization;

namespace CxrNet.Onnx.Tests;

public sealed class ScalingAnActivation
{
    public static TheoryData<ActivationType> Types => [ActivationType.UInt8, ActivationType.Int8];

    [Theory, MemberData(nameof(Types))]
    public void AnyValueOfTheRangeComesBackToHalfAStepAndZeroExactly(ActivationType type)
    {
        Random random = new(1);
        for (int trial = 0; trial < 2000; trial++)
        {
            float a = Draw(random), b = Draw(random);
            (float min, float max) = (Math.Min(a, b), Math.Max(a, b));
            LinearScale scale = LinearScale.For(min, max, type);
            Assert.Equal(0f, scale.Dequantize(scale.Quantize(0)));
            (float low, float high) = (Math.Min(min, 0), Math.Max(max, 0));
            for (int i = 0; i <= 16; i++)
            {
                float value = low + ((high - low) * i / 16);
                // The zero point is rounded too, which can cost half a step more at one end.
                bool isEnd = i is 0 or 16;
                Assert.InRange(Math.Abs(scale.Dequantize(scale.Quantize(value)) - value), 0, ((isEnd ? 1 : 0.5f) * scale.Scale * 1.001f) + (isEnd ? 0 : scale.Scale * 0.5f));
            }
        }
    }

    [Theory]
    [InlineData(0, 6, ActivationType.UInt8, 6f / 255, 0)]
    [InlineData(-2, 1, ActivationType.UInt8, 3f / 255, 170)]
    [InlineData(-1, 3, ActivationType.UInt8, 4f / 255, 64)]
    [InlineData(-1, 3, ActivationType.Int8, 4f / 255, -64)]
    [InlineData(2, 6, ActivationType.UInt8, 6f / 255, 0)]
    [InlineData(-6, -2, ActivationType.UInt8, 6f / 255, 255)]
    public void TheFormulaIsThatOfTheDefinition(float min, float max, ActivationType type, float scale, int zero)
    {
        LinearScale linear = LinearScale.For(min, max, type);
        Assert.Equal(scale, linear.Scale, 1e-8f);
        Assert.Equal(zero, linear.ZeroPoint);
    }

    [Fact]
    public void NothingAboveAClipIsRepresentedSoThatTheEngineCanDropTheClip()
    {
        Random random = new(2);
        for (int trial = 0; trial < 2000; trial++)
        {
            float max = (float)(6 * random.NextDouble()) + 1e-3f;
            LinearScale scale = LinearScale.For(0, max, ActivationType.UInt8);
            Assert.True(scale.Dequantize(255) <= max, $"{scale.Dequantize(255):R} is above {max:R}");
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-1e-42f, 1e-42f)]
    public void ARangeOfNothingHasAScaleThatHoldsZero(float min, float max)
    {
        LinearScale scale = LinearScale.For(min, max, ActivationType.UInt8);
        Assert.Equal((1f, 0), (scale.Scale, scale.Quantize(0)));
    }

    [Fact]
    public void ValuesBeyondTheRangeBecomeItsEnds()
    {
        LinearScale scale = LinearScale.For(-1, 3, ActivationType.UInt8);
        Assert.Equal((0, 255), (scale.Quantize(-100), scale.Quantize(100)));
    }

    private static float Draw(Random random) => (float)((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-4, 5)));
}
