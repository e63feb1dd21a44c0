namespace CxrNet.Core.Tests.Preprocessing;

public sealed class EqualizingContrast
{
    [Fact]
    public void AConstantPlaneStaysConstant()
    {
        byte[] flat = new byte[70 * 50], result = new byte[flat.Length];
        Array.Fill(flat, (byte)77);
        HistogramEqualization.OpenCv(flat, result);
        Assert.All(result, v => Assert.Equal(77, v));
        HistogramEqualization.Pil(flat, result);
        Assert.All(result, v => Assert.Equal(77, v));
        Clahe.Apply(flat, 70, 50, result, null);
        Assert.Single(result.Distinct());
    }

    [Fact]
    public void APlaneSmallerThanItsTilesIsStillDone()
    {
        byte[] tiny = [1, 2, 3, 4, 5, 6], result = new byte[6];
        Clahe.Apply(tiny, 3, 2, result, new ClaheOptions { ClipLimit = 40 });
        Assert.Equal(6, result.Length);
    }

    [Fact]
    public void NothingIsAllocated()
    {
        byte[] plane = [.. Lengths.Noise(64 * 48).Select(v => (byte)(v * 255))], result = new byte[plane.Length];
        float[] gray = Lengths.Noise(plane.Length), spread = new float[plane.Length];
        AllocationAssert.None(() => HistogramEqualization.OpenCv(plane, result));
        AllocationAssert.None(() => HistogramEqualization.Pil(plane, result));
        AllocationAssert.None(() => HistogramEqualization.ScikitImage(plane, spread));
        AllocationAssert.None(() => Clahe.Apply(plane, 64, 48, result, ClaheOptions.Default));
        AllocationAssert.None(() => ScikitImageClahe.Apply(gray, 64, 48, 8, 0.01, spread));
        AllocationAssert.None(() => ByteResizer.Resize(plane, 64, 48, result.AsSpan(0, 20 * 10), 20, 10, ResizeFilter.Lanczos));
        AllocationAssert.None(() => ScikitImageResizer.ResizeMirrored(gray, 64, 48, PixelRegion.Whole(64, 48), spread.AsSpan(0, 200), 20, 10));
    }
}
