using SkiaSharp;

namespace CxrNet.Imaging.Tests;

public sealed class DecodingOnTheFastPath
{
    [Theory]
    [InlineData(1600, 1200, 150, 200, 150)]
    [InlineData(1600, 1200, 151, 400, 300)]
    [InlineData(1600, 1200, 300, 400, 300)]
    [InlineData(1600, 1200, 600, 800, 600)]
    [InlineData(1600, 1200, 601, 1600, 1200)]
    [InlineData(100, 80, 224, 100, 80)]
    public void TheShorterSideStaysAboveTheMinimum(int width, int height, int minimum, int expectedWidth, int expectedHeight)
    {
        DecodedImage image = RadiographDecoder.DecodeTo(minimum).Decode(Pictures.Jpeg(width, height, SKColorType.Gray8));
        Assert.Equal((expectedWidth, expectedHeight, 1), (image.Width, image.Height, image.Channels));
    }

    [Fact]
    public void ASmoothPictureKeepsItsValues()
    {
        DecodedImage image = RadiographDecoder.DecodeTo(100).Decode(Pictures.Jpeg(800, 800, SKColorType.Gray8));
        for (int x = 0; x < 100; x++)
        {
            Assert.InRange(image.Samples.Span[(50 * 100) + x], (255 * ((x * 8) + 3.5) / 799) - 3, (255 * ((x * 8) + 3.5) / 799) + 3);
        }
    }

    [Fact]
    public void OtherFormatsAreDecodedWhole() =>
        Assert.Equal(3, RadiographDecoder.DecodeTo(1).Decode(Pictures.Png(3, 1, 8, 0, [0, 1, 2, 3])).Width);
}
