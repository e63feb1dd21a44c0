namespace CxrNet.Imaging.Tests;

public sealed class DecodingPng
{
    [Theory]
    [InlineData(1, new byte[] { 0, 0b1010_0000, 0, 0b0110_0000 }, new byte[] { 1, 0, 1, 0, 1, 1 })]
    [InlineData(2, new byte[] { 0, 0b1101_1000, 0, 0b0001_1000 }, new byte[] { 3, 1, 2, 0, 1, 2 })]
    [InlineData(4, new byte[] { 0, 0x1F, 0x80, 0, 0x07, 0x30 }, new byte[] { 1, 15, 8, 0, 7, 3 })]
    public void FewBitsStayAsTheyAreStored(int depth, byte[] rows, byte[] expected)
    {
        DecodedImage image = RadiographDecoder.Default.Decode(Pictures.Png(3, 2, depth, 0, rows));
        Assert.Equal((3, 2, 1, depth, SampleFormat.UInt8), (image.Width, image.Height, image.Channels, image.BitsStored, image.Format));
        Assert.Equal(expected, image.Samples.ToArray());
    }

    [Fact]
    public void SixteenBitsStaySixteen()
    {
        DecodedImage image = RadiographDecoder.Default.Decode(Pictures.Png(2, 2, 16, 0, [0, 0x12, 0x34, 0xFF, 0xFF, 2, 0, 1, 0, 2]));
        Assert.Equal((SampleFormat.UInt16, 16), (image.Format, image.BitsStored));
        Assert.Equal(new ushort[] { 0x1234, 0xFFFF, 0x1235, 0xFF01 }, image.Samples16.ToArray());
    }

    [Fact]
    public void SixteenBitColourStaysSixteen()
    {
        DecodedImage image = RadiographDecoder.Default.Decode(Pictures.Png(1, 1, 16, 6, [0, 1, 2, 3, 4, 5, 6, 7, 8]));
        Assert.Equal((SampleFormat.UInt16, PhotometricMeaning.Rgb), (image.Format, image.Photometric));
        Assert.Equal(new ushort[] { 0x0102, 0x0304, 0x0506 }, image.Samples16.ToArray());
        Assert.Equal(["The PNG's transparency is ignored."], image.Info.Warnings);
    }

    [Fact]
    public void AlphaIsDropped()
    {
        DecodedImage image = RadiographDecoder.Default.Decode(Pictures.Png(2, 1, 8, 4, [0, 10, 0, 20, 255]));
        Assert.Equal([10, 20], image.Samples.ToArray());
        Assert.Single(image.Info.Warnings);
    }

    [Fact]
    public void AGreyPaletteBecomesOneChannelAndAColouredOneThree()
    {
        byte[] rows = [0, 0b0110_0000];
        Assert.Equal([0, 9, 9], RadiographDecoder.Default.Decode(Pictures.Png(3, 1, 1, 3, rows, palette: [0, 0, 0, 9, 9, 9])).Samples.ToArray());
        DecodedImage colour = RadiographDecoder.Default.Decode(Pictures.Png(3, 1, 1, 3, rows, palette: [1, 2, 3, 4, 5, 6]));
        Assert.Equal([1, 2, 3, 4, 5, 6, 4, 5, 6], colour.Samples.ToArray());
    }

    [Fact]
    public void EveryRowFilterIsUndone()
    {
        // Rows of one value chain, filtered by the formulas of W3C PNG 9.2.
        byte[][] plain = [[10, 20, 30], [11, 22, 33], [15, 21, 40], [200, 3, 7], [100, 90, 250]];
        List<byte> rows = [];
        for (int y = 0; y < plain.Length; y++)
        {
            rows.Add((byte)y);
            for (int x = 0; x < 3; x++)
            {
                int a = x > 0 ? plain[y][x - 1] : 0;
                int b = y > 0 ? plain[y - 1][x] : 0;
                int c = x > 0 && y > 0 ? plain[y - 1][x - 1] : 0;
                int p = a + b - c;
                int paeth = Math.Abs(p - a) <= Math.Abs(p - b) && Math.Abs(p - a) <= Math.Abs(p - c) ? a : Math.Abs(p - b) <= Math.Abs(p - c) ? b : c;
                rows.Add((byte)(plain[y][x] - (y switch { 0 => 0, 1 => a, 2 => b, 3 => (a + b) / 2, _ => paeth })));
            }
        }

        Assert.Equal(plain.SelectMany(r => r), RadiographDecoder.Default.Decode(Pictures.Png(3, 5, 8, 0, [.. rows])).Samples.ToArray());
    }

    [Fact]
    public void InterlacedPassesLandInPlace()
    {
        // 3 x 3: pass 1 (0,0); 4 (2,0); 5 row 2: (0,2)(2,2); 6 rows 0, 2: (1,·); 7 row 1.
        byte[] rows = [0, 1, 0, 3, 0, 7, 9, 0, 2, 0, 8, 0, 4, 5, 6];
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9], RadiographDecoder.Default.Decode(Pictures.Png(3, 3, 8, 0, rows, interlaced: true)).Samples.ToArray());
    }

    [Theory]
    [InlineData(1, true, 3, new byte[] { 1, 2, 3, 4, 5, 6 })]
    [InlineData(3, false, 3, new byte[] { 6, 5, 4, 3, 2, 1 })]
    [InlineData(6, true, 2, new byte[] { 4, 1, 5, 2, 6, 3 })]
    [InlineData(8, false, 2, new byte[] { 3, 6, 2, 5, 1, 4 })]
    [InlineData(9, true, 3, new byte[] { 1, 2, 3, 4, 5, 6 })]
    public void TheExifOrientationIsApplied(byte orientation, bool bigEndian, int width, byte[] expected)
    {
        DecodedImage image = RadiographDecoder.Default.Decode(Pictures.WithPngOrientation(Pictures.Png(3, 2, 8, 0, [0, 1, 2, 3, 0, 4, 5, 6]), orientation, bigEndian));
        Assert.Equal((width, 6 / width), (image.Width, image.Height));
        Assert.Equal(expected, image.Samples.ToArray());
        DecodedImage wide = RadiographDecoder.Default.Decode(Pictures.WithPngOrientation(Pictures.Png(3, 2, 16, 0, [0, 0, 1, 0, 2, 0, 3, 0, 0, 4, 0, 5, 0, 6]), orientation, bigEndian));
        Assert.Equal(expected.Select(static v => (ushort)v), wide.Samples16.ToArray());
    }

    [Fact]
    public void ADamagedOrientationIsIgnored() =>
        Assert.Equal(3, RadiographDecoder.Default.Decode(Pictures.WithPngOrientation(Pictures.Png(3, 2, 8, 0, [0, 1, 2, 3, 0, 4, 5, 6]), 6, damaged: true)).Width);

    [Fact]
    public void ASideThatNoImageHasIsNamedWithTheGreatest() =>
        Assert.Contains("claims 4294967295 x 1 pixels; sides of at most 2147483647", Assert.Throws<InvalidDataException>(() => RadiographDecoder.Default.Decode(Pictures.Png(-1, 1, 8, 0, [0, 0]))).Message, StringComparison.Ordinal);

    [Fact]
    public void AHeaderBombIsRefusedFromItsHeader()
    {
        byte[] bomb = Pictures.Png(20_000, 20_000, 8, 0, [0]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        InvalidDataException e = Assert.Throws<InvalidDataException>(() => RadiographDecoder.Default.Decode(bomb));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
        Assert.Contains("20000 x 20000", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AClaimThatTheDataCannotHoldIsRefused()
    {
        byte[] bomb = Pictures.Png(9_000, 9_000, 8, 0, [0]);
        Assert.Contains("cannot hold", Assert.Throws<InvalidDataException>(() => RadiographDecoder.Default.Decode(bomb)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ATruncatedFileIsNamedAsSuch()
    {
        byte[] rows = new byte[101 * 100];
        new Random(1).NextBytes(rows);
        for (int i = 0; i < rows.Length; i += 101)
        {
            rows[i] = 0;
        }

        byte[] png = Pictures.Png(100, 100, 8, 0, rows);
        Assert.Matches("ends at row|cut off at row", Assert.Throws<InvalidDataException>(() => RadiographDecoder.Default.Decode(png.AsMemory(0, png.Length / 2))).Message);
        Assert.Contains("cut off", Assert.Throws<InvalidDataException>(() => RadiographDecoder.Default.Decode(png.AsMemory(0, 30))).Message, StringComparison.Ordinal);
    }
}
