namespace CxrNet.Imaging.Tests.Tiff;

public sealed class DecodingTiff
{
    private static readonly ushort[] Words = [0, 1, 0x1234, 0xFFFF, 300, 299];

    public static TheoryData<int, bool> Encodings => new(from compression in new[] { TestTiff.None, TestTiff.Lzw, TestTiff.Deflate, TestTiff.PackBits } from big in new[] { false, true } select (compression, big));

    [Theory, MemberData(nameof(Encodings))]
    public void SixteenBitsStaySixteenInEitherByteOrder(int compression, bool bigEndian)
    {
        byte[] file = TestTiff.Grey(3, 2, 16, Pack(Bytes(Words, bigEndian), compression), compression, bigEndian).File();
        DecodedImage image = RadiographDecoder.Default.Decode(file);
        Assert.Equal((3, 2, SampleFormat.UInt16, PhotometricMeaning.Monochrome2, 16), (image.Width, image.Height, image.Format, image.Photometric, image.BitsStored));
        Assert.Equal(Words, image.Samples16.ToArray());
        Assert.Empty(image.Info.Warnings);
    }

    [Theory, MemberData(nameof(Encodings))]
    public void TheHorizontalPredictorIsUndone(int compression, bool bigEndian)
    {
        // Each sample as its difference from the one to its left: TIFF 6.0 section 14. It goes with LZW and Deflate only.
        if (compression is TestTiff.None or TestTiff.PackBits)
        {
            return;
        }

        ushort[] differences = [.. Words.Select((word, i) => (ushort)(i % 3 == 0 ? word : word - Words[i - 1]))];
        byte[] file = TestTiff.Grey(3, 2, 16, Pack(Bytes(differences, bigEndian), compression), compression, bigEndian).Tag(317, 2).File();
        Assert.Equal(Words, RadiographDecoder.Default.Decode(file).Samples16.ToArray());
    }

    [Fact]
    public void EightBitsInSeveralStripsAreJoined()
    {
        TestTiff tiff = TestTiff.Grey(2, 5, 8, []).Tag(278, 2).Strips([1, 2, 3, 4], [5, 6, 7, 8], [9, 10]);
        DecodedImage image = RadiographDecoder.Default.Decode(tiff.File());
        Assert.Equal((SampleFormat.UInt8, 8), (image.Format, image.BitsStored));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], image.Samples.ToArray());
    }

    [Fact]
    public void TilesAreJoinedAndCutAtTheEdges()
    {
        byte[] Tile(int x, int y) => [.. from v in Enumerable.Range(0, 16) from u in Enumerable.Range(0, 16) select Value((16 * x) + u, (16 * y) + v)];
        byte[] file = TestTiff.Grey(20, 18, 8, []).Tiles(16, 16, Tile(0, 0), Tile(1, 0), Tile(0, 1), Tile(1, 1)).File();
        Assert.Equal([.. from y in Enumerable.Range(0, 18) from x in Enumerable.Range(0, 20) select Value(x, y)], RadiographDecoder.Default.Decode(file).Samples.ToArray());
        static byte Value(int x, int y) => (byte)((7 * x) + (31 * y));
    }

    [Theory]
    [InlineData(8)]
    [InlineData(16)]
    public void WhereZeroIsWhiteTheGreyLevelsAreInverted(int bits)
    {
        byte[] strip = bits == 8 ? [0, 51, 255] : Bytes([0, 13107, 65535], bigEndian: false);
        DecodedImage image = RadiographDecoder.Default.Decode(TestTiff.Grey(3, 1, bits, strip).Tag(262, 0).File());
        Assert.Equal(PhotometricMeaning.Monochrome1, image.Photometric);
        Assert.Equal(strip, image.Samples.ToArray());
        float[] grey = GrayConversion.ToGray(image).Pixels.ToArray();
        Assert.Equal(1, grey[0]);
        Assert.Equal(0.8f, grey[1], 1e-6f);
        Assert.Equal(0, grey[2]);
    }

    [Fact]
    public void SignedSamplesStaySigned()
    {
        DecodedImage image = RadiographDecoder.Default.Decode(TestTiff.Grey(2, 1, 16, Bytes([0xFFFF, 5], bigEndian: false)).Tag(339, 2).File());
        Assert.Equal(SampleFormat.Int16, image.Format);
        Assert.Equal(new ushort[] { 0xFFFF, 5 }, image.Samples16.ToArray());
    }

    [Fact]
    public void ColourIsThreeChannelsAndAlphaIsDroppedWithAWarning()
    {
        TestTiff rgba = TestTiff.Grey(2, 1, 8, [1, 2, 3, 200, 4, 5, 6, 0]).Tag(258, 8, 8, 8, 8).Tag(262, 2).Tag(277, 4).Tag(338, 2);
        DecodedImage image = RadiographDecoder.Default.Decode(rgba.File());
        Assert.Equal(PhotometricMeaning.Rgb, image.Photometric);
        Assert.Equal([1, 2, 3, 4, 5, 6], image.Samples.ToArray());
        Assert.Equal(["The TIFF's transparency is ignored."], image.Info.Warnings);
    }

    [Fact]
    public void TheOrientationIsApplied()
    {
        // 6: the stored picture must be turned clockwise.
        DecodedImage image = RadiographDecoder.Default.Decode(TestTiff.Grey(3, 2, 16, Bytes([1, 2, 3, 4, 5, 6], bigEndian: false)).Tag(274, 6).File());
        Assert.Equal((2, 3), (image.Width, image.Height));
        Assert.Equal(new ushort[] { 4, 1, 5, 2, 6, 3 }, image.Samples16.ToArray());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void APageIsChosenAndTheOthersAreMentioned(bool bigEndian)
    {
        byte[] file = TestTiff.File([.. new byte[] { 10, 20, 30 }.Select(v => TestTiff.Grey(1, 1, 8, [v], bigEndian: bigEndian))]);
        DecodedImage first = RadiographDecoder.Default.Decode(file);
        Assert.Equal([10], first.Samples.ToArray());
        Assert.Equal(["The TIFF has 3 pages; page 0, counted from 0, is read."], first.Info.Warnings);
        Assert.Equal([30], new TiffRadiographDecoder(page: 2).Decode(file).Samples.ToArray());
        Assert.Contains("3 pages; page 3", Error(() => new TiffRadiographDecoder(page: 3).Decode(file)), StringComparison.Ordinal);
    }

    [Fact]
    public void ADicomFileWithATiffHeaderInItsPreambleIsADicomFile()
    {
        byte[] header = new byte[256];
        "II*\0"u8.CopyTo(header);
        Assert.True(new TiffRadiographDecoder().CanDecode(header));
        "DICM"u8.CopyTo(header.AsSpan(128));
        Assert.False(new TiffRadiographDecoder().CanDecode(header));
    }

    internal static byte[] Bytes(ushort[] words, bool bigEndian) => [.. words.SelectMany(w => bigEndian ? new[] { (byte)(w >> 8), (byte)w } : [(byte)w, (byte)(w >> 8)])];

    internal static byte[] Pack(byte[] bytes, int compression) => compression switch
    {
        TestTiff.Lzw => TestTiff.LzwLiterals(bytes),
        TestTiff.Deflate => TestTiff.Zlib(bytes),
        TestTiff.PackBits => [(byte)(bytes.Length - 1), .. bytes],
        _ => bytes,
    };

    internal static string Error(Action action) => Assert.Throws<InvalidDataException>(action).Message;
}
