using CxrNet.Conformance;
using CxrNet.Imaging;
using CxrNet.Models;
using SkiaSharp;

namespace CxrNet.Docs.Tests;

/// <summary>The folder that a block runs in: drawn chests and the shipped models under whatever names it uses.</summary>
internal sealed class BlockFolder : IDisposable
{
    private readonly string _before = Environment.CurrentDirectory;
    private readonly string _path = Directory.CreateTempSubdirectory("cxrnet-docs-").FullName;

    public BlockFolder(IEnumerable<string> names)
    {
        Environment.CurrentDirectory = _path;
        foreach (string name in names.Where(static n => n.Length > 0 && !Path.IsPathRooted(n) && n.AsSpan().IndexOfAny(" \n*{:") < 0).Distinct())
        {
            Make(name);
        }
    }

    public void Dispose()
    {
        Environment.CurrentDirectory = _before;
        Directory.Delete(_path, recursive: true);
    }

    private static void Make(string name)
    {
        if (Path.GetDirectoryName(name) is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
        }

        switch (Path.GetExtension(name).ToUpperInvariant())
        {
            case ".PNG":
                PngFile.Write(name, Given.Draw(1));
                break;
            case ".JPG" or ".JPEG":
                WriteJpeg(name);
                break;
            case ".DCM":
                SecondaryCapture.Write(name, Overlay.Blend(Given.Draw(1), new Heatmap(1, 1, [0], 256, 256).ToImageSize()), new ResultProvenance("drawn", ""), null);
                break;
            case ".ONNX" when name.Contains("densenet", StringComparison.Ordinal):
                // As torchxrayvision's: one channel of 224 x 224, eighteen logits, no card.
                File.WriteAllBytes(name, new TinyOnnx { Side = 224, Outputs = 18, HasMap = false }.ToBytes());
                break;
            case ".ONNX":
                File.WriteAllBytes(name, ModelOf(name).ReadAllBytes());
                break;
            case ".JSON" when !name.Contains("appsettings", StringComparison.Ordinal):
                File.WriteAllText(name, ModelOf(name).Card.ToJson());
                break;
            case ".CSV":
                WriteManifest(name);
                break;
            case "" when name.TrimEnd('/') is "folder" or "images" or "xrays":
                Directory.CreateDirectory(name);
                PngFile.Write(Path.Combine(name, "a.png"), Given.Draw(1));
                PngFile.Write(Path.Combine(name, "b.png"), Given.Draw(2));
                break;
        }
    }

    private static BundledModel ModelOf(string name) => Path.GetFileName(name).Contains("lung", StringComparison.Ordinal) ? BundledModels.Lungs : BundledModels.CxrNetS;

    private static void WriteManifest(string name)
    {
        string folder = Path.Combine(Path.GetDirectoryName(name) ?? "", "phantoms");
        Directory.CreateDirectory(folder);
        List<string> rows = ["file,label,split"];
        foreach (PhantomClass shown in Enum.GetValues<PhantomClass>())
        {
            foreach (string split in (string[])["train", "val", "test"])
            {
                string file = $"{shown}-{split}.png";
                PngFile.Write(Path.Combine(folder, file), Given.Draw(rows.Count, shown));
                rows.Add($"phantoms/{file},{shown.FindingName()},{split}");
            }
        }

        File.WriteAllLines(name, rows);
    }

    private static void WriteJpeg(string name)
    {
        GrayImage image = Given.Draw(1);
        using SKBitmap bitmap = new(image.Width, image.Height, SKColorType.Gray8, SKAlphaType.Opaque);
        byte[] pixels = [.. image.Pixels.ToArray().Select(static v => (byte)(255 * v))];
        for (int y = 0; y < image.Height; y++)
        {
            pixels.AsSpan(y * image.Width, image.Width).CopyTo(bitmap.GetPixelSpan()[(y * bitmap.RowBytes)..]);
        }

        using SKData data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 90);
        File.WriteAllBytes(name, data.ToArray());
    }
}
