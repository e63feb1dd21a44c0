namespace CxrNet.Imaging.Tests.Tiff;

public sealed class DecodingHostileTiff
{
    private static readonly byte[] Strip = [1, 2, 3, 4];

    public static TheoryData<string, string> Unreadable => new()
    {
        { "1 bit", "1 bits per sample; 8 or 16" },
        { "float", "sample format 3" },
        { "palette", "photometric interpretation 3" },
        { "jpeg", "compression 7" },
        { "planes", "separate planes" },
        { "bigtiff", "BigTIFF" },
        { "no strips", "0 offsets and 1 lengths" },
        { "no width", "tag 256 is missing" },
    };

    private static TestTiff Small => TestTiff.Grey(2, 2, 8, Strip);

    [Theory, MemberData(nameof(Unreadable))]
    public void WhatIsNotReadIsNamed(string kind, string cause)
    {
        byte[] file = kind switch
        {
            "1 bit" => Small.Tag(258, 1).File(),
            "float" => TestTiff.Grey(1, 1, 16, [1, 2]).Tag(339, 3).File(),
            "palette" => Small.Tag(262, 3).File(),
            "jpeg" => Small.Tag(259, 7).File(),
            "planes" => TestTiff.Grey(1, 1, 8, [1, 2, 3]).Tag(258, 8, 8, 8).Tag(262, 2).Tag(277, 3).Tag(284, 2).File(),
            "bigtiff" => [.. "II+\0"u8, .. new byte[20]],
            "no strips" => Small.Tag(273).File(),
            _ => Small.Tag(256).File(),
        };
        string message = DecodingTiff.Error(() => RadiographDecoder.Default.Decode(file));
        Assert.Contains(cause, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void ASizeBeyondTheLimitIsRefusedBeforeItIsAllocated()
    {
        byte[] file = Small.Tag(256, 60_000).Tag(257, 60_000).File();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("60000 x 60000", DecodingTiff.Error(() => RadiographDecoder.Default.Decode(file)), StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
        Assert.Contains("at most 3", DecodingTiff.Error(() => RadiographDecoder.Default.Decode(Small.File(), new DecodeLimits { MaxPixels = 3 })), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TestTiff.None)]
    [InlineData(TestTiff.Lzw)]
    [InlineData(TestTiff.Deflate)]
    [InlineData(TestTiff.PackBits)]
    public void AClaimThatTheFileCannotHoldIsRefusedBeforeItIsAllocated(int compression)
    {
        byte[] file = TestTiff.Grey(9_000, 9_000, 8, [1, 2, 3, 4], compression).File();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("holds 4 bytes", DecodingTiff.Error(() => RadiographDecoder.Default.Decode(file)), StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void BlocksThatShareTheirBytesAreRefused(bool tiled)
    {
        // A deflated block of 16 x 16 in 14 bytes or so, listed 64 times.
        byte[][] blocks = [.. Enumerable.Repeat(TestTiff.Zlib([.. Enumerable.Range(0, 256).Select(static i => (byte)(i * i))]), 64)];
        TestTiff shared = new TestTiff { SharesBlocks = true }.Tag(256, tiled ? 128u : 16).Tag(257, tiled ? 128u : 1024).Tag(258, 8).Tag(259, TestTiff.Deflate).Tag(262, 1).Tag(277, 1).Tag(278, 16);
        byte[] file = (tiled ? shared.Tiles(16, 16, blocks) : shared.Strips(blocks)).File();
        Assert.Contains($"bytes in all, the file has {file.Length}.", DecodingTiff.Error(() => RadiographDecoder.Default.Decode(file)), StringComparison.Ordinal);
    }

    [Fact]
    public void WideTilesBehindANarrowPictureAreRefusedBeyondFourTimesTheLimit()
    {
        static byte[] File(int tiles) => TestTiff.Grey(1, 16 * tiles, 8, []).Tiles(512, 16, [.. Enumerable.Range(0, tiles).Select(static _ => new byte[512 * 16])]).File();
        DecodeLimits limits = new() { MaxPixels = 10_000 };
        Assert.Equal(64, RadiographDecoder.Default.Decode(File(4), limits).Height);
        Assert.Contains("512 x 160 pixels in all", DecodingTiff.Error(() => RadiographDecoder.Default.Decode(File(10), limits)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TestTiff.Lzw)]
    [InlineData(TestTiff.Deflate)]
    [InlineData(TestTiff.PackBits)]
    public void AStreamThatEndsEarlyIsDamagedAndNothingIsPrinted(int compression)
    {
        byte[] packed = DecodingTiff.Pack([.. Enumerable.Range(0, 100).Select(i => (byte)(i * i))], compression);
        byte[] file = TestTiff.Grey(10, 10, 8, packed[..^30], compression).File();
        (TextWriter output, TextWriter error) = (Console.Out, Console.Error);
        using StringWriter printed = new();
        try
        {
            Console.SetOut(printed);
            Console.SetError(printed);
            Assert.Contains("is damaged", DecodingTiff.Error(() => RadiographDecoder.Default.Decode(file)), StringComparison.Ordinal);
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
        }

        Assert.DoesNotContain("TIFF", printed.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void EveryShorterFileIsAnErrorOfOneLine()
    {
        byte[] file = TestTiff.File(Small, TestTiff.Grey(2, 2, 16, DecodingTiff.Pack(new byte[8], TestTiff.Deflate), TestTiff.Deflate));
        for (int length = 4; length < file.Length; length++)
        {
            string message = DecodingTiff.Error(() => new TiffRadiographDecoder(page: 1).Decode(file.AsMemory(0, length)));
            Assert.DoesNotContain('\n', message);
        }
    }

    [Fact]
    public void DirectoriesInACircleAreRefused()
    {
        byte[] file = Small.File();
        int link = 8 + 2 + (12 * (file[8] | (file[9] << 8)));
        file[link] = 8;
        Assert.Contains("circle", DecodingTiff.Error(() => RadiographDecoder.Default.Decode(file)), StringComparison.Ordinal);
    }
}
