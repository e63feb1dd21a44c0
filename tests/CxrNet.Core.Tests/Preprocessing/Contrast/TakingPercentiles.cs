using CsCheck;

namespace CxrNet.Core.Tests.Preprocessing;

public sealed class TakingPercentiles
{
    [Fact]
    public void TheyInterpolateBetweenTheSortedValues() => Gen.Select(Gen.Float[-9, 9].Array[1, 60], Gen.Double[0, 100]).Sample((values, percent) =>
    {
        float[] sorted = [.. values.Order()];
        double position = percent / 100 * (values.Length - 1);
        int below = (int)position, above = Math.Min(below + 1, values.Length - 1);
        double expected = sorted[below] + ((position - below) * ((double)sorted[above] - sorted[below]));
        return Math.Abs(expected - Percentiles.Of(values, percent)) < 1e-5;
    });

    [Fact]
    public void AWindowStretchesBetweenThem()
    {
        float[] values = [.. Enumerable.Range(0, 101).Select(i => (float)i)], result = new float[101];
        PercentileWindow.Apply(values, 10, 90, result);
        for (int i = 0; i <= 100; i++)
        {
            Assert.Equal(Math.Clamp((i - 10) / 80f, 0, 1), result[i], 1e-6f);
        }
    }

    [Fact]
    public void AFlatPlaneBecomesBlack()
    {
        float[] result = [1, 1, 1];
        PercentileWindow.Apply([5, 5, 5], 1, 99, result);
        Assert.Equal([0f, 0, 0], result);
    }

    [Fact]
    public void NothingIsAllocated()
    {
        float[] values = Lengths.Noise(999), result = new float[999];
        AllocationAssert.None(() => PercentileWindow.Apply(values, 1, 99, result));
    }
}
