using System.Buffers.Binary;

namespace CxrNet.Imaging.Tests.Dicom;

/// <summary>JPEGs of 8 x 8 pixels whose components each have a scan of their own, written byte by byte.</summary>
public sealed class DecodingScansOfAJpeg
{
    [Fact]
    public void EveryComponentMayHaveAScanOfItsOwn() =>
        Assert.Equal(Enumerable.Repeat((byte)128, 192), RadiographDecoder.Default.Decode(File(1, 3, 2)).Samples.ToArray());

    [Theory]
    [InlineData(1, 1, 2)]
    [InlineData(1, 2, 1)]
    public void AComponentThatIsCodedTwiceDoesNotStandInForAnother(params int[] scans) =>
        Assert.Contains("component 1 is coded twice", Assert.Throws<InvalidDataException>(() => RadiographDecoder.Default.Decode(File([.. scans]))).Message, StringComparison.Ordinal);

    [Fact]
    public void AComponentWithoutAScanIsMissing() =>
        Assert.Contains("0xFFD9 found before the last component's scan", Assert.Throws<InvalidDataException>(() => RadiographDecoder.Default.Decode(File(1, 2))).Message, StringComparison.Ordinal);

    [Fact]
    public void AQuantisationTableOfAnUnknownPrecisionIsRefused() =>
        Assert.Contains("quantisation table 0x20", Assert.Throws<InvalidDataException>(() => RadiographDecoder.Default.Decode(File([0x20, .. new byte[128]], 1, 2, 3))).Message, StringComparison.Ordinal);

    private static byte[] File(params int[] scans) => File([0, .. Enumerable.Repeat((byte)1, 64)], scans);

    private static byte[] File(byte[] quantisation, params int[] scans)
    {
        // One code of one bit in each table: a block without a difference and without an AC coefficient is two bits of 0, the rest of the byte is 1.
        List<byte> jpeg = [0xFF, 0xD8];
        Add(jpeg, 0xDB, quantisation);
        Add(jpeg, 0xC0, [8, 0, 8, 0, 8, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0]);
        Add(jpeg, 0xC4, [0x00, 1, .. new byte[15], 0, 0x10, 1, .. new byte[15], 0]);
        foreach (int component in scans)
        {
            Add(jpeg, 0xDA, [1, (byte)component, 0, 0, 63, 0]);
            jpeg.Add(0x3F);
        }

        return TestDicom.Grey(8, 8, 8, [.. jpeg, 0xFF, 0xD9], TestDicom.JpegBaseline).Short(0x0028_0002, 3).Text(0x0028_0004, "CS", "RGB").Short(0x0028_0006, 0).File();
    }

    private static void Add(List<byte> jpeg, byte marker, byte[] body)
    {
        byte[] length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)(body.Length + 2));
        jpeg.AddRange([0xFF, marker, .. length, .. body]);
    }
}
