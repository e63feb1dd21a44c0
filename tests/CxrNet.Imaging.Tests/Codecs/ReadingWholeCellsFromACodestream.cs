using CxrNet.Imaging.Dicom;
using CxrNet.Imaging.Dicom.Codecs.Jpeg2000;
using CxrNet.Imaging.Tests.Dicom;

namespace CxrNet.Imaging.Tests.Codecs;

/// <summary>Encoders that code a sample's whole cell (dcmcjpeg's true lossless mode) leave the high bit where it was; the uncompressed twin says what the values are.</summary>
public sealed class ReadingWholeCellsFromACodestream
{
    private const string JpegLossless = KnownCodecs.Prefix + "70";
    private const string JpegLs = KnownCodecs.Prefix + "80";
    private const string Jpeg2000Lossless = KnownCodecs.Prefix + "90";
    private const string Jpeg2000 = KnownCodecs.Prefix + "91";

    [Theory]
    [InlineData(11, 0)]
    [InlineData(13, 0)]
    [InlineData(15, 0)]
    [InlineData(13, 1)]
    [InlineData(15, 1)]
    public void LosslessJpegHasTheValuesOfItsTwin(int highBit, int representation)
    {
        int[] cells = SyntheticPicture.Make(20, 10, 1, 16);
        byte[] stream = new LosslessEncoder(20, 10, 1, 16, 1, 0, 0).Encode(cells, interleaved: true);
        Assert.Equal(Native(20, 10, cells, 12, highBit, representation), Coded(20, 10, stream, JpegLossless, 12, highBit, representation));
    }

    [Theory]
    [InlineData(11)]
    [InlineData(15)]
    public void JpegLsHasTheValuesOfItsTwin(int highBit)
    {
        byte[] stream = OtherEncodersStream.All.Single(static s => s.File == "gray16.jls").Read();
        Assert.Equal(Native(40, 31, SyntheticPicture.Make(40, 31, 1, 16), 12, highBit, 0), Coded(40, 31, stream, JpegLs, 12, highBit, 0));
    }

    [Theory]
    [InlineData(12, 11)]
    [InlineData(12, 15)]
    [InlineData(15, 14)]
    public void SignedLosslessJpeg2000HasTheValuesOfItsTwin(int stored, int highBit)
    {
        byte[] stream = OtherEncodersStream.All.Single(static s => s.File == "signed16.j2k").Read();
        int[] values = Array.ConvertAll(SyntheticPicture.Make(40, 31, 1, 16), static v => v - 32768);
        Assert.Equal(Native(40, 31, values, stored, highBit, 1), Coded(40, 31, stream, Jpeg2000Lossless, stored, highBit, 1));
    }

    [Fact]
    public void AStreamWithTheBitsOfTheValuesAloneIsNotShifted()
    {
        int[] values = SyntheticPicture.Make(20, 10, 1, 12);
        byte[] stream = new LosslessEncoder(20, 10, 1, 12, 1, 0, 0).Encode(values, interleaved: true);
        Assert.Equal(values, Coded(20, 10, stream, JpegLossless, 12, 15, 0));
    }

    [Fact]
    public void WhatALossyStreamHasBeyondTheBitsStoredIsClampedAndNeverWraps()
    {
        byte[] stream = OtherEncodersStream.All.Single(static s => s.File == "lossy12.j2k").Read();
        int[] samples = Jpeg2000Decoder.Decode(stream, KnownCodecs.HostileLimit).Samples;
        Assert.Contains(samples, static v => v > 2047);
        Assert.Equal(Array.ConvertAll(samples, static v => Math.Min(v, 2047)), Coded(67, 53, stream, Jpeg2000, 11, 10, 0));
    }

    private static int[] Native(int width, int height, int[] cells, int stored, int highBit, int representation) =>
        Values(TestDicom.Grey(width, height, 16, [.. cells.SelectMany(static c => BitConverter.GetBytes((ushort)c))]), stored, highBit, representation);

    private static int[] Coded(int width, int height, byte[] stream, string syntax, int stored, int highBit, int representation) =>
        Values(TestDicom.Grey(width, height, 16, [], syntax).Fragments(stream), stored, highBit, representation);

    private static int[] Values(TestDicom file, int stored, int highBit, int representation) =>
        DicomFile.Open(file.Short(0x0028_0101, stored).Short(0x0028_0102, highBit).Short(0x0028_0103, representation).File()).StoredValues();
}
