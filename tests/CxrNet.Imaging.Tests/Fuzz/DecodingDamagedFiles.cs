using System.Globalization;

namespace CxrNet.Imaging.Tests.Fuzz;

/// <summary>Whatever the bytes: an image, or an <see cref="InvalidDataException"/>; in time, and within the memory that the limits allow.</summary>
/// <remarks>CXRNET_FUZZ sets how many inputs a format gets (3,000 by default); its long run is 70,000 a format, more than 200,000 in all.</remarks>
public sealed class DecodingDamagedFiles
{
    private const int MaxPixels = 1_000_000;

    // What the worst honest decoder takes: JPEG 2000's coefficients and their transforms, and the frame.
    private const long MaxAllocation = 64L * MaxPixels;

    private static readonly DecodeLimits Limits = new() { MaxPixels = MaxPixels, MaxFileBytes = 8_000_000 };

    private static int Count => int.TryParse(Environment.GetEnvironmentVariable("CXRNET_FUZZ"), NumberStyles.None, CultureInfo.InvariantCulture, out int n) ? n : 3_000;

    [Theory]
    [InlineData("dicom")]
    [InlineData("png")]
    [InlineData("jpeg")]
    [InlineData("tiff")]
    public void EndsInAnImageOrAClearError(string format) => Run(FuzzCorpus.Own(format), format);

    [Fact]
    public void SoDoDamagedRealFiles()
    {
        IReadOnlyList<byte[]> real = FuzzCorpus.Real();
        Assert.SkipWhen(real.Count == 0, "No golden DICOM files to damage.");
        Run(real, "real");
    }

    [Theory]
    [InlineData("png", 49093)]    // a preset dictionary: zlib's error is no InvalidDataException
    [InlineData("dicom", 8311)]   // a transfer syntax with a line break in it broke the error's one line
    [InlineData("dicom", 9808)]
    [InlineData("real", 19021)]
    public void SeedsThatOnceFailedDoNoMore(string format, int seed)
    {
        IReadOnlyList<byte[]> corpus = format == "real" ? FuzzCorpus.Real() : FuzzCorpus.Own(format);
        Assert.SkipWhen(corpus.Count == 0, "No golden DICOM files to damage.");
        Assert.Null(Failure(Mutation.Apply(corpus, seed)));
    }

    private static void Run(IReadOnlyList<byte[]> corpus, string format)
    {
        List<string> failures = [];
        int decoded = 0;
        for (int seed = 0; seed < Count; seed++)
        {
            string? failure = Failure(Mutation.Apply(corpus, seed), ref decoded);
            if (failure is not null)
            {
                failures.Add($"{format} seed {seed}: {failure}");
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{format}: {Count} damaged inputs, {decoded} decoded, {Count - decoded} refused.");
        Assert.True(failures.Count == 0, string.Join('\n', failures.Take(20)));

        // A run in which everything is refused, or nothing, tests little.
        Assert.InRange(decoded, Count / 100, Count - (Count / 100));
    }

    private static string? Failure(byte[] data)
    {
        int decoded = 0;
        return Failure(data, ref decoded);
    }

    private static string? Failure(byte[] data, ref int decoded)
    {
        (string? failure, TimeSpan time) = Try(data, ref decoded);

        // Again, and by the least: other tests of this process count too.
        for (int i = 0; i < 3 && time > TimeSpan.FromSeconds(2); i++)
        {
            int ignored = 0;
            time = Try(data, ref ignored).Time;
        }

        return time > TimeSpan.FromSeconds(2) ? $"took {time.TotalSeconds:0.0} s" : failure;
    }

    // Processor time, not the clock's: a busy machine may pause a test for seconds, and no decoder waits for anything.
    private static (string? Failure, TimeSpan Time) Try(byte[] data, ref int decoded)
    {
        TimeSpan start = Environment.CpuUsage.TotalTime;
        long before = GC.GetAllocatedBytesForCurrentThread();
        string? failure = null;
        try
        {
            DecodedImage image = RadiographDecoder.Default.Decode(data, Limits);
            decoded++;
            failure = (long)image.Width * image.Height > MaxPixels ? $"{image.Width} x {image.Height} pixels beyond the limit" : null;
        }
        catch (InvalidDataException e)
        {
            failure = e.Message.Contains('\n', StringComparison.Ordinal) ? $"an error of several lines: {e.Message}" : null;
        }
        catch (Exception e)
        {
            failure = $"{e.GetType().Name}: {e.Message} {e.StackTrace?.Split('\n').FirstOrDefault()?.Trim()}";
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return (failure ?? (allocated > MaxAllocation ? $"{allocated} bytes allocated" : null), Environment.CpuUsage.TotalTime - start);
    }
}
