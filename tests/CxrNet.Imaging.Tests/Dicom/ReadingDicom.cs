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
        Assert.Contains("at most 1000000", Assert.Throws<InvalidDataException>(() => RadiographDecoder.Default.Decode(file, new DecodeLimits { MaxFileBytes = 1_000_000 })).Message, StringComparison.Ordinal);
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
    public void AnUnknownTransferSyntaxIsNamedInOneLine()
    {
        InvalidDataException e = Assert.Throws<InvalidDataException>(() => RadiographDecoder.Default.Decode(TestDicom.Grey(2, 1, 8, [1, 2], "1.2.3\n4").File()));
        Assert.Equal("The transfer syntax 1.2.3?4 is not read.", e.Message);
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
