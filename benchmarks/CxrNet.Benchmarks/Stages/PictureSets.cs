using OpenCvSharp;

namespace CxrNet.Benchmarks.Stages;

/// <summary>What the decoders are measured on: phantoms that OpenCV's encoder wrote, and the untouched radiographs of data/originals where they are there.</summary>
internal static class PictureSets
{
    public static IReadOnlyList<PictureSet> All { get; } = [.. Phantoms(), .. Originals()];

    private static IEnumerable<PictureSet> Phantoms()
    {
        GrayImage phantom = ChestPhantom.Create(new PhantomOptions { Width = Plane.Width, Height = Plane.Height }).Image;
        byte[] bytes = Array.ConvertAll(phantom.Pixels.ToArray(), v => (byte)MathF.Round(v * 255));
        ushort[] words = Array.ConvertAll(phantom.Pixels.ToArray(), v => (ushort)MathF.Round(v * 65535));
        using Mat grey8 = Mat.FromPixelData(Plane.Height, Plane.Width, MatType.CV_8UC1, bytes);
        using Mat grey16 = Mat.FromPixelData(Plane.Height, Plane.Width, MatType.CV_16UC1, words);
        yield return new PictureSet("phantom, JPEG", Encode(grey8, ".jpg"));
        yield return new PictureSet("phantom, PNG 8 bits", Encode(grey8, ".png"));
        yield return new PictureSet("phantom, PNG 16 bits", Encode(grey16, ".png"));
    }

    private static IEnumerable<PictureSet> Originals()
    {
        if (BenchmarkData.Find("originals", "decoding of untouched radiographs") is not { } folder)
        {
            yield break;
        }

        foreach ((string extension, string format) in ((string, string)[])[(".jpg", "JPEG"), (".png", "PNG")])
        {
            byte[][] files = [.. Directory.EnumerateFiles(folder, "*" + extension).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];
            if (files.Length > 0)
            {
                yield return new PictureSet($"originals, {files.Length} {format}", files);
            }
        }
    }

    private static byte[] Encode(Mat picture, string extension)
    {
        Cv2.ImEncode(extension, picture, out byte[] file);
        return file;
    }
}
