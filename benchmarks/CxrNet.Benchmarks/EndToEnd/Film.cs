using OpenCvSharp;

namespace CxrNet.Benchmarks.EndToEnd;

/// <summary>The radiograph of the comparisons from end to end: 2373 x 2373 pixels, grey, JPEG. A drawn one, with a film's grain, so that anyone can repeat it.</summary>
internal static class Film
{
    public const int Side = 2373;

    private static readonly Lazy<byte[]> Bytes = new(Encode);

    public static byte[] Jpeg => Bytes.Value;

    // OpenCV's encoder at quality 90: about a bit and a half a pixel, as the hospital JPEGs of the public collections have.
    private static byte[] Encode()
    {
        GrayImage phantom = ChestPhantom.Create(new PhantomOptions { Class = PhantomClass.Covid19, Seed = 3, Width = Side, Height = Side }).Image;
        byte[] samples = Array.ConvertAll(phantom.Pixels.ToArray(), static v => (byte)MathF.Round(v * 255));
        using Mat picture = Mat.FromPixelData(Side, Side, MatType.CV_8UC1, samples);
        Cv2.ImEncode(".jpg", picture, out byte[] file, new ImageEncodingParam(ImwriteFlags.JpegQuality, 90));
        return file;
    }
}
