using CxrNet.Imaging;

namespace CxrNet.WebViewer.Tests.Files;

/// <summary>Drawn chests as files.</summary>
internal static class Chests
{
    public static GrayImage Image(PhantomClass kind = PhantomClass.Covid19, int side = 256, int seed = 1) =>
        ChestPhantom.Create(new PhantomOptions { Class = kind, Seed = seed, Width = side, Height = side }).Image;

    public static byte[] Png(PhantomClass kind = PhantomClass.Covid19, int side = 256, int seed = 1)
    {
        using MemoryStream memory = new();
        PngFile.Write(memory, Image(kind, side, seed));
        return memory.ToArray();
    }

    /// <summary>12 bits, a PA view with its pixels' distance, and a patient's name that nobody should see again.</summary>
    public static byte[] Dicom(string patient = "QUIXOTE^ALONSO", int side = 256)
    {
        GrayImage image = Image(side: side);
        byte[] samples = new byte[2 * image.Pixels.Length];
        for (int i = 0; i < image.Pixels.Length; i++)
        {
            ushort level = (ushort)MathF.Round(4095 * image.Pixels[i]);
            (samples[2 * i], samples[(2 * i) + 1]) = ((byte)level, (byte)(level >> 8));
        }

        return Imaging.Tests.Dicom.TestDicom.Grey(side, side, 12, samples)
            .Text(0x0010_0010, "PN", patient)
            .Text(0x0008_0060, "CS", "DX")
            .Text(0x0018_5101, "CS", "PA")
            .Text(0x0028_0030, "DS", "0.4\\0.4")
            .File();
    }

    /// <summary>8 bits, by the codec that the library decodes with.</summary>
    public static byte[] Jpeg(int side = 256)
    {
        GrayImage image = Image(side: side);
        byte[] grey = new byte[image.Pixels.Length];
        for (int i = 0; i < grey.Length; i++)
        {
            grey[i] = (byte)MathF.Round(255 * image.Pixels[i]);
        }

        using SkiaSharp.SKBitmap bitmap = new(new SkiaSharp.SKImageInfo(side, side, SkiaSharp.SKColorType.Gray8, SkiaSharp.SKAlphaType.Opaque));
        grey.CopyTo(bitmap.GetPixelSpan());
        using SkiaSharp.SKData data = bitmap.Encode(SkiaSharp.SKEncodedImageFormat.Jpeg, 95);
        return data.ToArray();
    }
}
