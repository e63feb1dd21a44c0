using System.Runtime.InteropServices;
using SkiaSharp;

namespace CxrNet.Benchmarks.EndToEnd;

/// <summary>The radiograph of the comparisons from end to end: 2373 x 2373 pixels, grey, JPEG. A drawn one, with a film's grain, so that anyone can repeat it.</summary>
internal static class Film
{
    public const int Side = 2373;

    private static readonly Lazy<byte[]> Bytes = new(() => File.ReadAllBytes(DrawnFiles.PathOf("film.jpg", Encode)));

    public static byte[] Jpeg => Bytes.Value;

    // libjpeg-turbo's encoder at quality 90: about a bit and a half a pixel, as the hospital JPEGs of the public collections have.
    private static byte[] Encode()
    {
        GrayImage phantom = ChestPhantom.Create(new PhantomOptions { Class = PhantomClass.Covid19, Seed = 3, Width = Side, Height = Side }).Image;
        byte[] samples = Array.ConvertAll(phantom.Pixels.ToArray(), static v => (byte)MathF.Round(v * 255));
        GCHandle pinned = GCHandle.Alloc(samples, GCHandleType.Pinned);
        try
        {
            using SKPixmap picture = new(new SKImageInfo(Side, Side, SKColorType.Gray8, SKAlphaType.Opaque), pinned.AddrOfPinnedObject(), Side);
            using SKData file = picture.Encode(SKEncodedImageFormat.Jpeg, 90) ?? throw new InvalidOperationException("SkiaSharp could not encode the film.");
            return file.ToArray();
        }
        finally
        {
            pinned.Free();
        }
    }
}
