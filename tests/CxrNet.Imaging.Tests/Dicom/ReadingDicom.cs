using System.Diagnostics;
using System.Globalization;
using CxrNet.Imaging.Dicom;
using SkiaSharp;

namespace CxrNet.Imaging.Tests.Dicom;

public sealed class ReadingDicom
{
    private static readonly byte[] TwoByTwo = [1, 0, 0x34, 0x02, 0xFF, 0x0F, 0, 0];

    [Theory]
    [InlineData(TestDicom.ImplicitLittle)]
    [InlineData(TestDicom.ExplicitLittle)]
    [InlineData(TestDicom.Deflated)]
    [InlineData(TestDicom.ExplicitBig)]
    public void EveryEncodingGivesTheSameSamples(string transferSyntax)
    {
        byte[] pixels = [.. TwoByTwo];
        if (transferSyntax == TestDicom.ExplicitBig)
        {
            for (int i = 0; i < pixels.Length; i += 2)
            {
                (pixels[i], pixels[i + 1]) = (pixels[i + 1], pixels[i]);
            }
        }

        DecodedImage image = RadiographDecoder.Default.Decode(TestDicom.Grey(2, 2, 12, pixels, transferSyntax).File());
        Assert.Equal(new ushort[] { 1, 0x234, 0xFFF, 0 }, image.Samples16.ToArray());
        Assert.Equal((12, SampleFormat.UInt16), (image.BitsStored, image.Format));
    }

    [Theory]
    [InlineData("OW", new byte[] { 1, 2, 3, 4, 5, 6 })]
    [InlineData("OB", new byte[] { 2, 1, 4, 3, 6, 5 })]
    public void SamplesOfABytePairUpInBigEndianWordsButNotInBytes(string vr, byte[] expected)
    {
        // Two frames of three samples: the second frame begins in the middle of a word.
        byte[] file = TestDicom.Grey(3, 1, 8, [], TestDicom.ExplicitBig).Value(0x7FE0_0010, vr, [2, 1, 4, 3, 6, 5]).Text(0x0028_0008, "IS", "2").File();
        DicomFile dicom = DicomFile.Open(file);
        Assert.Equal(expected.Select(static v => (int)v), [.. dicom.StoredValues(0), .. dicom.StoredValues(1)]);
    }

    [Theory]
    [InlineData("OW", 0)]
    [InlineData("OB", 8)]
    public void SingleBitsLieInBigEndianWordsLowestByteLast(string vr, int expected)
    {
        byte[] file = TestDicom.Grey(16, 1, 8, [], TestDicom.ExplicitBig).Short(0x0028_0100, 1).Short(0x0028_0101, 1).Short(0x0028_0102, 0).Value(0x7FE0_0010, vr, [0, 1]).File();
        Assert.Equal(expected, Array.IndexOf(DicomFile.Open(file).StoredValues(), 1));
    }

    [Theory]
    [InlineData("OW", 0)]
    [InlineData("OB", 8)]
    public void OverlaysLieInBigEndianWordsLowestByteLast(string vr, int expected)
    {
        byte[] file = TestDicom.Grey(16, 1, 8, new byte[16], TestDicom.ExplicitBig).Short(0x6000_0010, 1).Short(0x6000_0011, 16).Value(0x6000_3000, vr, [0, 1]).File();
        Assert.Equal(expected, Assert.Single(DicomFile.Open(file).Overlays).Bits.Span.IndexOf((byte)1));
    }

    [Theory]
    [InlineData("OW", new byte[] { 10, 20, 30, 40 })]
    [InlineData("US", new byte[] { 10, 20, 30, 40 })]
    [InlineData("OB", new byte[] { 20, 10, 40, 30 })]
    public void PackedEntriesOfATablePairUpInBigEndianWordsButNotInBytes(string vr, byte[] expected)
    {
        TestDicom file = TestDicom.Grey(4, 1, 8, [0, 1, 2, 3], TestDicom.ExplicitBig).Text(0x0028_0004, "CS", "PALETTE COLOR");
        for (uint channel = 0; channel < 3; channel++)
        {
            file.Short(0x0028_1101 + channel, 4, 0, 8).Value(0x0028_1201 + channel, vr, [20, 10, 40, 30]);
        }

        Assert.Equal(expected.SelectMany(static v => (byte[])[v, v, v]), RadiographDecoder.Default.Decode(file.File()).Samples.ToArray());
    }

    [Fact]
    public void ARangeThatCouldNotBeLookedForIsLookedForAnew()
    {
        DicomFile file = DicomFile.Open(TestDicom.Grey(2, 1, 8, [], TestDicom.Rle).Fragments([10, 20], [30, 40]).Text(0x0028_0008, "IS", "2").File(), new DicomOptions { FrameDecoders = [new FailingAtThird()] });
        Assert.Throws<IOException>(() => file.Decode());
        Assert.Equal(new VoiWindow(25, 30, VoiFunction.LinearExact), file.Decode().Display.Window);
    }

    [Fact]
    public void TheLowestAndHighestOfAllFramesAreLookedForOnce()
    {
        Counting decoder = new();
        DicomFile file = DicomFile.Open(TestDicom.Grey(2, 1, 8, [], TestDicom.Rle).Fragments([10, 20], [30, 40], [50, 60]).Text(0x0028_0008, "IS", "3").File(), new DicomOptions { FrameDecoders = [decoder] });
        DisplayTransform[] displays = [.. Enumerable.Range(0, 3).Select(frame => file.Decode(frame).Display)];
        Assert.All(displays, static d => Assert.Equal(new VoiWindow(35, 50, VoiFunction.LinearExact), d.Window));
        Assert.Equal(6, decoder.Frames);
    }

    [Fact]
    public void SoManyFramesThatLookingForThemTakesForeverHaveTheirOwnGreyLevels()
    {
        Counting decoder = new();
        byte[][] frames = [.. Enumerable.Repeat(new byte[] { 1, 2 }, 3)];
        byte[] file = TestDicom.Grey(2, 1, 8, [], TestDicom.Rle).Fragments(frames).Text(0x0028_0008, "IS", "3").File();
        DecodedImage image = DicomFile.Open(file, new DicomOptions { FrameDecoders = [decoder] }, new DecodeLimits { MaxPixels = 3 * 4096 - 1 }).Decode();
        Assert.Equal(1, decoder.Frames);
        Assert.True(image.Display.UseMinMax);
        Assert.Contains(image.Info.Warnings, static w => w.Contains("3 frames are too many", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void FramesOfSeveralFragmentsAreFoundInTimeWithATableAndWithout(bool table)
    {
        // Four bytes a frame in two fragments, of which the second never looks like the start of a codestream; the offset of each frame counts from the first item's head.
        const int Frames = 60_000;
        byte[][] fragments = [.. Enumerable.Range(0, Frames).SelectMany(static i => new byte[][] { [0xFF, 0xD8], [(byte)(i >> 8), (byte)i] })];
        int[] offsets = table ? [.. Enumerable.Range(0, Frames).Select(static i => 20 * i)] : [];
        byte[] file = TestDicom.Grey(4, 1, 8, [], TestDicom.Rle).Fragments(offsets, fragments).Text(0x0028_0008, "IS", $"{Frames}").File();
        DicomFile dicom = DicomFile.Open(file, new DicomOptions { FrameDecoders = [new Counting()] });
        Stopwatch watch = Stopwatch.StartNew();
        for (int i = 0; i < Frames; i++)
        {
            Assert.Equal([0xFF, 0xD8, (byte)(i >> 8), (byte)i], dicom.StoredValues(i));
        }

        // A search for each frame takes half a minute and more, one for all a fifth of a second.
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 5);
    }

    [Fact]
    public void AFileWithoutAnyHeaderIsRead()
    {
        byte[] set = TestDicom.Grey(2, 2, 12, TwoByTwo, TestDicom.ImplicitLittle).Text(0x0008_0060, "CS", "DX").DataSet();
        DecodedImage image = RadiographDecoder.Default.Decode(set);
        Assert.Equal("DX", image.Info.Modality);
        Assert.NotEmpty(image.Info.Warnings);
        Assert.Throws<InvalidDataException>(() => DicomFile.Open(set, new DicomOptions { RequireHeader = true }));
    }

    [Fact]
    public void MetaInformationWithoutTheMarkIsNoHeader()
    {
        byte[] file = TestDicom.Grey(2, 2, 12, TwoByTwo).File();
        DicomOptions strict = new() { RequireHeader = true };
        Assert.Equal(1, DicomFile.Open(file.AsMemory(132)).StoredValues()[0]);
        Assert.Contains("'DICM' expected", Assert.Throws<InvalidDataException>(() => DicomFile.Open(file.AsMemory(132), strict)).Message, StringComparison.Ordinal);
        Assert.Equal(1, DicomFile.Open(file.AsMemory(128), strict).StoredValues()[0]);
    }

    [Fact]
    public void TheHeaderIsReadAsTypedValues()
    {
        RadiographInfo info = RadiographDecoder.Default.Decode(TestDicom.Grey(2, 2, 12, TwoByTwo)
            .Text(0x0008_0060, "CS", "CR").Text(0x0010_0010, "PN", "Doe^Jane").Text(0x0010_0040, "CS", "F").Text(0x0010_1010, "AS", "006M")
            .Text(0x0018_0015, "CS", "CHEST").Text(0x0018_1164, "DS", "0.143\\0.15").Text(0x0018_5101, "CS", "LL").Text(0x0020_0062, "CS", "L").Text(0x0028_0301, "CS", "YES").File()).Info;
        Assert.Equal(("CR", "F", 0.5, "CHEST"), (info.Modality, info.PatientSex, info.PatientAgeYears, info.BodyPart));
        Assert.Equal((0.143, 0.15), (info.RowSpacingMillimetres, info.ColumnSpacingMillimetres));
        Assert.Equal((RadiographView.Lateral, "L", true), (info.View, info.Laterality, info.BurnedInAnnotation));
        Assert.DoesNotContain("Doe", info.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AViewCodeStandsInForTheViewPosition() =>
        Assert.Equal(RadiographView.PA, RadiographDecoder.Default.Decode(TestDicom.Grey(2, 2, 12, TwoByTwo).Sequence(0x0054_0220, new TestDicom().Text(0x0008_0104, "LO", "postero-anterior")).File()).Info.View);

    [Fact]
    public void FreeTextInACodeIsNotKept() =>
        Assert.Null(RadiographDecoder.Default.Decode(TestDicom.Grey(2, 2, 12, TwoByTwo).Text(0x0018_0015, "CS", "Chest of J. Doe").File()).Info.BodyPart);

    [Fact]
    public void OneOfSeveralFramesIsChosen()
    {
        byte[] file = TestDicom.Grey(2, 1, 8, [1, 2, 3, 4, 5, 6]).Text(0x0028_0008, "IS", "3").File();
        Assert.Equal([5, 6], new DicomRadiographDecoder(new DicomOptions { Frame = 2 }).Decode(file).Samples.ToArray());
        Assert.Contains("has 3", Assert.Throws<InvalidDataException>(() => new DicomRadiographDecoder(new DicomOptions { Frame = 3 }).Decode(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReplacingADecoderIsPossible()
    {
        byte[] file = TestDicom.Grey(2, 1, 8, [0xAB, 0xCD], TestDicom.Rle).File();
        DicomOptions options = new() { FrameDecoders = [new Constant()] };
        Assert.Equal([7, 7], new DicomRadiographDecoder(options).Decode(file).Samples.ToArray());
    }

    [Fact]
    public void RleSegmentsAreBytePlanes()
    {
        byte[] header = new byte[64];
        (header[0], header[4], header[8]) = (2, 64, 67);
        DecodedImage image = RadiographDecoder.Default.Decode(TestDicom.Grey(3, 1, 16, [.. header, 0xFE, 0x12, 0x80, 2, 1, 2, 3], TestDicom.Rle).File());
        Assert.Equal(new ushort[] { 0x1201, 0x1202, 0x1203 }, image.Samples16.ToArray());
    }

    [Fact]
    public void ABaselineJpegIsWhatSkiaDecodes()
    {
        byte[] jpeg = Pictures.Jpeg(40, 24, SKColorType.Gray8, quality: 80);
        byte[] own = RadiographDecoder.Default.Decode(TestDicom.Grey(40, 24, 8, jpeg, TestDicom.JpegBaseline).File()).Samples.ToArray();
        byte[] skia = RadiographDecoder.Default.Decode(jpeg).Samples.ToArray();
        Assert.Equal(skia, own);
    }

    [Theory]
    [InlineData(20_000, 20_000, "at most 100000000")]
    [InlineData(9_000, 9_000, "expected")]
    public void AClaimBeyondTheFileIsRefusedBeforeItIsAllocated(int width, int height, string cause)
    {
        byte[] file = TestDicom.Grey(width, height, 8, [0, 0]).File();
        long before = GC.GetAllocatedBytesForCurrentThread();
        InvalidDataException e = Assert.Throws<InvalidDataException>(() => RadiographDecoder.Default.Decode(file));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000);
        Assert.Contains(cause, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ADeflateBombIsStoppedAtTheLimit()
    {
        byte[] file = TestDicom.Grey(2, 2, 8, new byte[5_000_000], TestDicom.Deflated).File();
        Assert.Matches("^The inflated data set has more than [0-9]+ bytes, at most 1000000 are allowed.$", Assert.Throws<InvalidDataException>(() => RadiographDecoder.Default.Decode(file, new DecodeLimits { MaxFileBytes = 1_000_000 })).Message);
    }

    [Fact]
    public void NestingWithoutEndIsRefused()
    {
        TestDicom inner = new();
        for (int i = 0; i < 200; i++)
        {
            inner = new TestDicom().Sequence(0x0008_1140, inner);
        }

        byte[] file = TestDicom.Grey(2, 2, 8, [1, 2, 3, 4]).Sequence(0x0008_1140, inner).File();
        Assert.Contains("nested", Assert.Throws<InvalidDataException>(() => RadiographDecoder.Default.Decode(file)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TruncatedPixelsAreAnErrorOrZeroOnRequest()
    {
        byte[] file = TestDicom.Grey(2, 2, 8, [1, 2]).File();
        Assert.Throws<InvalidDataException>(() => RadiographDecoder.Default.Decode(file));
        DecodedImage image = new DicomRadiographDecoder(new DicomOptions { RecoverTruncatedPixels = true }).Decode(file);
        Assert.Equal([1, 2, 0, 0], image.Samples.ToArray());
        Assert.Contains(image.Info.Warnings, w => w.Contains("what is missing", StringComparison.Ordinal));
    }

    [Fact]
    public void AFrameThatIsMissingDoesNotDarkenTheOthers()
    {
        byte[] file = TestDicom.Grey(2, 1, 8, [100, 200]).Text(0x0028_0008, "IS", "2").File();
        DecodedImage image = DicomFile.Open(file, new DicomOptions { RecoverTruncatedPixels = true }).Decode();
        Assert.Equal([0f, 1f], GrayConversion.ToGray(image).Pixels.ToArray());
        Assert.Contains(image.Info.Warnings, static w => w.StartsWith("Not every frame is whole, so grey levels are this frame's own", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void SamplesOf32BitsGoThroughTheModalityLutAsTheyAreStored(int representation)
    {
        byte[] pixels = [.. new[] { 1000, 1001, 1003, 70_000, representation == 1 ? -5 : 2 }.SelectMany(BitConverter.GetBytes)];
        TestDicom table = new TestDicom().Short(0x0028_3002, 4, 1000, 16).Value(0x0028_3006, "OW", [.. new ushort[] { 110, 510, 0, 10 }.SelectMany(BitConverter.GetBytes)]);
        byte[] file = TestDicom.Grey(5, 1, 16, []).Short(0x0028_0100, 32).Short(0x0028_0101, 32).Short(0x0028_0102, 31).Short(0x0028_0103, representation)
            .Sequence(0x0028_3000, table).Value(0x7FE0_0010, "OW", pixels).File();
        DecodedImage image = RadiographDecoder.Default.Decode(file);
        Assert.Equal(new ushort[] { 110, 510, 10, 10, 110 }, image.Samples16.ToArray());
        Assert.Equal([0.2f, 1, 0, 0, 0.2f], GrayConversion.ToGray(image).Pixels.ToArray());
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(1, -1)]
    [InlineData(-1, -1)]
    public void AnOverlayOfANegativeSizeIsNone(short rows, short columns)
    {
        byte[] file = TestDicom.Grey(2, 2, 8, [1, 2, 3, 4]).Value(0x6000_0010, "SS", BitConverter.GetBytes(rows)).Value(0x6000_0011, "SS", BitConverter.GetBytes(columns)).Value(0x6000_3000, "OW", [0, 0]).File();
        Assert.Empty(DicomFile.Open(file).Overlays);
    }

    [Fact]
    public void AWholeFrameOfATruncatedFileIsReadWithAWarning()
    {
        byte[] file = TestDicom.Grey(2, 2, 8, [1, 2, 3, 4, 5, 6]).Text(0x0028_0008, "IS", "2").File();
        DecodedImage image = RadiographDecoder.Default.Decode(file);
        Assert.Equal([1, 2, 3, 4], image.Samples.ToArray());
        Assert.Contains(image.Info.Warnings, w => w.Contains("8 expected", StringComparison.Ordinal));
        Assert.Throws<InvalidDataException>(() => new DicomRadiographDecoder(new DicomOptions { Frame = 1 }).Decode(file));
    }

    [Fact]
    public void SignedSamplesAreExtendedFromTheHighestBitStored()
    {
        byte[] file = TestDicom.Grey(2, 1, 12, [0xFF, 0x0F, 0x00, 0x08]).Short(0x0028_0103, 1).File();
        Assert.Equal([-1, -2048], DicomFile.Open(file).StoredValues());
    }

    [Fact]
    public void SignedSamplesWrittenAsWholeNumbersKeepTheirValue()
    {
        // 4095 in "12 bits signed", beside a -1 whose sign the writer extended: the container is used whole.
        byte[] file = TestDicom.Grey(2, 1, 12, [0xFF, 0x0F, 0xFF, 0xFF]).Short(0x0028_0103, 1).File();
        Assert.Equal([4095, -1], DicomFile.Open(file).StoredValues());
        Assert.Equal(16, RadiographDecoder.Default.Decode(file).BitsStored);
    }

    [Fact]
    public void SignedSamplesBelowTheBitsStoredKeepTheirGreyLevel()
    {
        byte[] file = TestDicom.Grey(2, 1, 12, [.. BitConverter.GetBytes((short)-3000), .. BitConverter.GetBytes((short)100)]).Short(0x0028_0103, 1)
            .Text(0x0028_1050, "DS", "-2900").Text(0x0028_1051, "DS", "400").Text(0x0028_1056, "CS", "SIGMOID").File();
        DecodedImage image = RadiographDecoder.Default.Decode(file);
        Assert.Equal(16, image.BitsStored);
        Assert.Equal(1 / (1 + Math.Exp(-4 * -100 / 400.0)), GrayConversion.ToGray(image).Pixels.ToArray()[0], 1e-6);
    }

    [Fact]
    public void AnUnknownTransferSyntaxIsNamedInOneLine()
    {
        InvalidDataException e = Assert.Throws<InvalidDataException>(() => RadiographDecoder.Default.Decode(TestDicom.Grey(2, 1, 8, [1, 2], "1.2.3\n4").File()));
        Assert.StartsWith("The transfer syntax 1.2.3?4 is not read; ", e.Message, StringComparison.Ordinal);
        Assert.EndsWith(" expected.", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NumbersInAWarningAreTheSameInEveryCountry()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        comma.NumberFormat.NumberDecimalSeparator = ",";
        try
        {
            CultureInfo.CurrentCulture = comma;
            DecodedImage image = RadiographDecoder.Default.Decode(TestDicom.Grey(2, 2, 12, TwoByTwo).Text(0x0028_1050, "DS", "40.5").Text(0x0028_1051, "DS", "-0.5").File());
            Assert.Contains("centre 40.5 and width -0.5", Assert.Single(image.Info.Warnings), StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    // Hands the stream on as it is, and counts.
    private sealed class Counting : IFrameDecoder
    {
        public int Frames { get; private set; }

        public bool CanDecode(string transferSyntaxUid) => true;

        public FrameColor Decode(ReadOnlyMemory<byte> stream, FrameFormat format, Span<byte> destination)
        {
            Frames++;
            stream.Span.CopyTo(destination);
            return FrameColor.AsStated;
        }
    }

    // The first frame that is asked for, then the search through all: its second frame fails, once.
    private sealed class FailingAtThird : IFrameDecoder
    {
        private int _frames;

        public bool CanDecode(string transferSyntaxUid) => true;

        public FrameColor Decode(ReadOnlyMemory<byte> stream, FrameFormat format, Span<byte> destination)
        {
            stream.Span.CopyTo(destination);
            return ++_frames == 3 ? throw new IOException("a decoder's own trouble") : FrameColor.AsStated;
        }
    }

    private sealed class Constant : IFrameDecoder
    {
        public bool CanDecode(string transferSyntaxUid) => true;

        public FrameColor Decode(ReadOnlyMemory<byte> stream, FrameFormat format, Span<byte> destination)
        {
            destination.Fill(7);
            return FrameColor.AsStated;
        }
    }
}
