using CxrNet.Imaging;

namespace CxrNet.Cli;

/// <summary>The files of bench, in memory before anything is timed, and what they decode to.</summary>
internal sealed record BenchImages(IReadOnlyList<byte[]> Files, IReadOnlyList<GrayImage> Decoded, int Failed)
{
    // Enough to keep caches honest, and no more memory than a radiology folder of them would need.
    private const int Most = 64;
    private const int DrawnSide = 1024;

    /// <summary>Reads a file or the first files of a folder; drawn chests as PNG where none is named.</summary>
    /// <exception cref="InvalidDataException">None of them can be read.</exception>
    public static BenchImages Load(string? source, TextWriter error)
    {
        List<byte[]> files = [];
        List<GrayImage> decoded = [];
        int failed = 0;
        foreach (string path in source is null ? [] : InputFiles.Expand([source]).Take(Most))
        {
            LoadedImage loaded = LoadedImage.Read(path);
            if (loaded.Image is { } image)
            {
                files.Add(File.ReadAllBytes(path));
                decoded.Add(image);
            }
            else
            {
                failed++;
                error.WriteLine($"error: '{path}': {loaded.Error}");
            }
        }

        foreach (PhantomClass drawn in source is null ? Enum.GetValues<PhantomClass>() : [])
        {
            using MemoryStream png = new();
            PngFile.Write(png, ChestPhantom.Create(new PhantomOptions { Class = drawn, Width = DrawnSide, Height = DrawnSide }).Image);
            files.Add(png.ToArray());
            decoded.Add(GrayConversion.ToGray(RadiographDecoder.Default.Decode(files[^1])));
        }

        return files.Count > 0 ? new BenchImages(files, decoded, failed) : throw new InvalidDataException($"None of the {failed} images could be read.");
    }
}
