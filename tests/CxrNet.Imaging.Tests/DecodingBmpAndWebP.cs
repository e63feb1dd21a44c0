using System.Buffers.Binary;
using SkiaSharp;

namespace CxrNet.Imaging.Tests;

public sealed class DecodingBmpAndWebP
{
    [Fact]
    public void ABmpIsReadInRowOrder()
    {
        // 2 x 2, 24 bits, rows from the bottom, blue first, rows padded to four bytes.
        byte[] bmp =
        [
            (byte)'B', (byte)'M', 70, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 1, 0, 24, 0, 0, 0, 0, 0, 16, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
            7, 8, 9, 10, 11, 12, 0, 0, 1, 2, 3, 4, 5, 6, 0, 0,
        ];
        DecodedImage image = RadiographDecoder.Default.Decode(bmp);
        Assert.Equal((2, 2, PhotometricMeaning.Rgb), (image.Width, image.Height, image.Photometric));
        Assert.Equal([3, 2, 1, 6, 5, 4, 9, 8, 7, 12, 11, 10], image.Samples.ToArray());
    }

    [Fact]
    public void WebPIsRead()
    {
        using SKBitmap bitmap = new(new SKImageInfo(9, 7, SKColorType.Rgba8888, SKAlphaType.Opaque));
        bitmap.Erase(new SKColor(10, 20, 30));
        using SKData data = bitmap.Encode(SKEncodedImageFormat.Webp, 100);
        DecodedImage image = RadiographDecoder.Default.Decode(data.ToArray());
        Assert.Equal((9, 7), (image.Width, image.Height));
        Assert.InRange(image.Samples.Span[0], 6, 14);
        Assert.Empty(image.Info.Warnings);
    }

    [Fact]
    public void TheTransparencyOfAWebPIsIgnoredWithAWarning()
    {
        using SKBitmap bitmap = new(new SKImageInfo(9, 7, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        bitmap.Erase(new SKColor(10, 20, 30, 128));
        using SKPixmap pixels = bitmap.PeekPixels();
        using SKData data = pixels.Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossless, 100))!;
        DecodedImage image = RadiographDecoder.Default.Decode(data.ToArray());
        Assert.Equal([10, 20, 30], image.Samples[..3].ToArray());
        Assert.Equal(["The WebP's transparency is ignored."], image.Info.Warnings);
    }

    [Fact]
    public void TheTransparencyOfABmpIsIgnoredWithAWarning()
    {
        // 1 x 1, 32 bits in masked fields (a header of version 4), of which the fourth is alpha.
        byte[] bmp = new byte[14 + 108 + 4];
        "BM"u8.CopyTo(bmp);
        foreach ((int at, uint value) in new (int, uint)[] { (2, 126), (10, 122), (14, 108), (18, 1), (22, 1), (26, 1 | (32 << 16)), (30, 3), (34, 4), (54, 0xFF0000), (58, 0xFF00), (62, 0xFF), (66, 0xFF000000), (122, 0x40030201) })
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bmp.AsSpan(at), value);
        }

        DecodedImage image = RadiographDecoder.Default.Decode(bmp);
        Assert.Equal([3, 2, 1], image.Samples.ToArray());
        Assert.Equal(["The BMP's transparency is ignored."], image.Info.Warnings);
    }
}
