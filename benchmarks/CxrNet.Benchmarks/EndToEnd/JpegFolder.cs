using SkiaSharp;

namespace CxrNet.Benchmarks.EndToEnd;

/// <summary>JPEG files on disk that a call goes through, in order: phantoms, or untouched radiographs.</summary>
public sealed class JpegFolder : ISampleBytes
{
    private const int Phantoms = 24;

    // Throughput is what a stream does while both stages work: over a few files its beginning and end would be most of it.
    private const int Rounds = 6;
    private const int Width = 1280;
    private const int Height = 1024;

    private readonly string _name;

    private JpegFolder(string name, IReadOnlyList<string> paths)
    {
        (_name, Paths) = (name, paths);
        foreach (string path in paths)
        {
            using SKCodec codec = SKCodec.Create(path);
            Bytes += (long)codec.Info.Width * codec.Info.Height;
        }
    }

    /// <summary>Phantoms, and the JPEGs of <c>originals</c> in the data folder where they are there.</summary>
    public static IReadOnlyList<JpegFolder> All { get; } = [.. Make()];

    public IReadOnlyList<string> Paths { get; }

    public long Bytes { get; }

    public int Images => Paths.Count;

    public override string ToString() => _name;

    private static IEnumerable<JpegFolder> Make()
    {
        yield return new JpegFolder($"{Phantoms} phantoms", [.. Enumerable.Range(0, Phantoms).Select(static i => DrawnFiles.PathOf($"{i:00}.jpg", () => Draw(i)))]);
        if (BenchmarkData.Find("originals", "streaming of untouched radiographs") is { } originals)
        {
            string[] paths = [.. Directory.EnumerateFiles(originals, "*.jpg").Order(StringComparer.Ordinal)];
            yield return new JpegFolder($"{paths.Length} originals {Rounds} times", [.. Enumerable.Repeat(paths, Rounds).SelectMany(static p => p)]);
        }
    }

    private static byte[] Draw(int seed) => GrayJpeg.Encode(ChestPhantom.Create(new PhantomOptions { Width = Width, Height = Height, Seed = 1 + seed }).Image);
}
