namespace CxrNet.Core.Tests.Preprocessing;

public sealed class NormalizingPixels
{
    public static TheoryData<int> EveryTail => Lengths.EveryTail;

    [Theory, MemberData(nameof(EveryTail))]
    public void RescalingMatchesTheScalarFormula(int length)
    {
        float[] gray = Lengths.Noise(length), result = new float[length];
        Normalization.Rescale(gray, -1024, 1024, result);
        Assert.Equal(gray.Select(v => (v * 2048f) - 1024f), result);
    }

    [Theory, MemberData(nameof(EveryTail))]
    public void StandardisingMatchesTheScalarFormula(int length)
    {
        float[] gray = Lengths.Noise(length), result = new float[length];
        Normalization.Standardize(gray, result);
        double mean = gray.Average(v => (double)v);
        double deviation = Math.Max(Math.Sqrt(gray.Average(v => (v - mean) * (v - mean))), 1e-6);
        for (int i = 0; i < length; i++)
        {
            Assert.Equal((gray[i] - mean) / deviation, result[i], 1e-4);
        }
    }

    [Theory]
    [InlineData(1, 1, false)]
    [InlineData(float.MinValue, float.MaxValue, false)]
    [InlineData(1, -1, true)]
    public void ACardsRangeMustHaveAWidth(float min, float max, bool isRead)
    {
        CxrModelCard card = new()
        {
            Id = "range-1",
            Findings = [new CardFinding("normal")],
            Input = new CardInput { Width = 4, Height = 4, Normalization = new InputNormalization { Min = min, Max = max } },
        };
        CxrModelException? e = Record.Exception(() => CxrModelCardCheck.Require(card, CxrModelTask.Classification, "a.onnx")) as CxrModelException;
        Assert.Equal(isRead, e is null);
        Assert.True(isRead || e!.Message.Contains($"from {min} to {max}", StringComparison.Ordinal));
    }

    [Fact]
    public void NothingIsAllocated()
    {
        float[] gray = Lengths.Noise(999), result = new float[999];
        InputNormalization imageNet = new() { Kind = NormalizationKind.MeanStd, Mean = [0.485f], Std = [0.229f] };
        AllocationAssert.None(() => Normalization.Apply(gray, InputNormalization.PerImage, 0, result));
        AllocationAssert.None(() => Normalization.Apply(gray, InputNormalization.UnitRange, 0, result));
        AllocationAssert.None(() => Normalization.Apply(gray, imageNet, 0, result));
    }
}
