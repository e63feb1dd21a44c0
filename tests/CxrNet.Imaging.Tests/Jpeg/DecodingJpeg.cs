using SkiaSharp;

namespace CxrNet.Imaging.Tests;

public sealed class DecodingJpeg
{
    [Fact]
    public void GreyStaysOneChannel()
    {
        DecodedImage image = RadiographDecoder.Default.Decode(Pictures.Jpeg(33, 21, SKColorType.Gray8));
        Assert.Equal((33, 21, 1, 8, PhotometricMeaning.Monochrome2), (image.Width, image.Height, image.Channels, image.BitsStored, image.Photometric));
        Assert.InRange(image.Samples.Span[0], 0, 6);
        Assert.InRange(image.Samples.Span[32], 249, 255);
    }

    [Fact]
    public void ColourHasThree()
    {
        DecodedImage image = RadiographDecoder.Default.Decode(Pictures.Jpeg(32, 16, SKColorType.Rgba8888));
        Assert.Equal((32, 16, 3, PhotometricMeaning.Rgb), (image.Width, image.Height, image.Channels, image.Photometric));
    }

    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(2, 1, 0)]
    [InlineData(3, 1, 1)]
    [InlineData(4, 0, 1)]
    [InlineData(5, 0, 0)]
    [InlineData(6, 1, 0)]
    [InlineData(7, 1, 1)]
    [InlineData(8, 0, 1)]
    public void TheExifOrientationIsApplied(int orientation, int cornerX, int cornerY)
    {
        // A white patch in the stored top left corner lands in the corner that the orientation names.
        DecodedImage image = RadiographDecoder.Default.Decode(Pictures.WithExifOrientation(Pictures.JpegWithWhiteCorner(48, 32), orientation));
        (int width, int height) = orientation < 5 ? (48, 32) : (32, 48);
        Assert.Equal((width, height), (image.Width, image.Height));
        for (int y = 0; y < 2; y++)
        {
            for (int x = 0; x < 2; x++)
            {
                int value = image.Samples.Span[((y == 0 ? 2 : height - 3) * width) + (x == 0 ? 2 : width - 3)];
                Assert.True(x == cornerX && y == cornerY ? value > 200 : value < 50, $"orientation {orientation}, corner {x},{y}: {value}");
            }
        }
    }

    [Fact]
    public void CmykIsRefusedClearly()
    {
        byte[] jpeg = Pictures.Jpeg(16, 16, SKColorType.Rgba8888);
        int frame = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        byte[] cmyk = [.. jpeg[..(frame + 2)], 0, 20, .. jpeg[(frame + 4)..(frame + 9)], 4, .. jpeg[(frame + 10)..(frame + 19)], 4, 0x11, 0, .. jpeg[(frame + 19)..]];
        InvalidDataException e = Assert.Throws<InvalidDataException>(() => RadiographDecoder.Default.Decode(cmyk));
        Assert.Contains("CMYK", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void AnyOtherNumberOfComponentsIsNamed(int components)
    {
        byte[] jpeg = Pictures.Jpeg(16, 16, SKColorType.Rgba8888);
        int frame = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        byte[] specs = [.. Enumerable.Range(1, components).SelectMany(static id => (byte[])[(byte)id, 0x11, 0])];
        byte[] other = [.. jpeg[..(frame + 2)], 0, (byte)(8 + specs.Length), .. jpeg[(frame + 4)..(frame + 9)], (byte)components, .. specs, .. jpeg[(frame + 19)..]];
        Assert.Contains($"has {components} components; 1 (grey) or 3 (colour) expected", Assert.Throws<InvalidDataException>(() => RadiographDecoder.Default.Decode(other)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ATruncatedFileIsNamedAsSuch()
    {
        byte[] jpeg = Pictures.Jpeg(256, 256, SKColorType.Gray8);
        InvalidDataException half = Assert.Throws<InvalidDataException>(() => RadiographDecoder.Default.Decode(jpeg.AsMemory(0, jpeg.Length / 2)));
        Assert.Contains("ends before", half.Message, StringComparison.Ordinal);
        InvalidDataException header = Assert.Throws<InvalidDataException>(() => RadiographDecoder.Default.Decode(jpeg.AsMemory(0, 40)));
        Assert.Contains("cut off", header.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ASizeThatTheFileCannotHoldIsRefused()
    {
        byte[] jpeg = Pictures.Jpeg(16, 16, SKColorType.Gray8);
        int frame = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        (jpeg[frame + 5], jpeg[frame + 7]) = (0x20, 0x20);
        Assert.Contains("cannot hold", Assert.Throws<InvalidDataException>(() => RadiographDecoder.Default.Decode(jpeg)).Message, StringComparison.Ordinal);
    }
}
