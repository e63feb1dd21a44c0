namespace CxrNet.Core.Tests.Segmentation;

public sealed class CleaningBeforeEnlarging
{
    // Three parts, of which the second has a hole; the values outside tell where the outline runs between pixels.
    private static readonly float[] Plane =
    [
        0.9f, 0.9f, 0.4f, 0.6f, 0.6f, 0.6f, 0.1f, 0.2f,
        0.9f, 0.9f, 0.4f, 0.6f, 0.3f, 0.6f, 0.1f, 0.7f,
        0.4f, 0.4f, 0.4f, 0.6f, 0.6f, 0.6f, 0.1f, 0.2f,
    ];

    [Fact]
    public void OnlyDroppedPartsAndHolesChange()
    {
        float[] cleaned = [.. Plane];

        LungMaskCleaning.Clean(cleaned, 8, 3);

        float[] expected = [.. Plane];
        expected[15] = 0;
        expected[12] = 0.5f;
        Assert.Equal(expected, cleaned);
    }

    [Fact]
    public void TheMaskIsTheOneOfTheImageSizedCleaning()
    {
        float[] cleaned = [.. Plane];
        LungMaskCleaning.Clean(cleaned, 8, 3);

        LungMask whole = new LungMask(8, 3, [.. Plane]).Clean();

        Assert.Equal(Enumerable.Range(0, Plane.Length).Select(i => whole.Probabilities[i] >= 0.5f), cleaned.Select(static p => p >= 0.5f));
    }

    [Fact]
    public void AWrongLengthIsRefused() => Assert.Throws<ArgumentException>(() => LungMaskCleaning.Clean(new float[7], 2, 4));
}
