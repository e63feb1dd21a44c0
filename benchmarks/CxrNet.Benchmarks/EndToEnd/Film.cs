namespace CxrNet.Benchmarks.EndToEnd;

/// <summary>The radiograph of the comparisons from end to end: 2373 x 2373 pixels, grey, JPEG. A drawn one, with a film's grain, so that anyone can repeat it.</summary>
internal static class Film
{
    public const int Side = 2373;

    private static readonly Lazy<byte[]> Bytes = new(static () => File.ReadAllBytes(DrawnFiles.PathOf("film.jpg", Draw)));

    public static byte[] Jpeg => Bytes.Value;

    private static byte[] Draw() => GrayJpeg.Encode(ChestPhantom.Create(new PhantomOptions { Class = PhantomClass.Covid19, Seed = 3, Width = Side, Height = Side }).Image);
}
