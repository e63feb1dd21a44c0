using System.Runtime.InteropServices;
using SkiaSharp;

namespace CxrNet.Benchmarks.EndToEnd;

/// <summary>Grey JPEGs as hospitals' collections have them: libjpeg-turbo at quality 90, about a bit and a half a pixel.</summary>
internal static class GrayJpeg
{
    private const int Quality = 90;

    public static byte[] Encode(GrayImage image)
    {
        byte[] samples = Array.ConvertAll(image.Pixels.ToArray(), static v => (byte)MathF.Round(v * 255));
        GCHandle pinned = GCHandle.Alloc(samples, GCHandleType.Pinned);
        try
        {
            using SKPixmap picture = new(new SKImageInfo(image.Width, image.Height, SKColorType.Gray8, SKAlphaType.Opaque), pinned.AddrOfPinnedObject(), image.Width);
            using SKData file = picture.Encode(SKEncodedImageFormat.Jpeg, Quality) ?? throw new InvalidOperationException("SkiaSharp could not encode a grey JPEG.");
            return file.ToArray();
        }
        finally
        {
            pinned.Free();
        }
    }
}
