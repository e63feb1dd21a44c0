using CxrNet.Imaging.Dicom;

namespace CxrNet.Imaging.Tests.Codecs;

/// <summary>Short streams whose number of components is not the DICOM header's, with a claim of four million pixels.</summary>
public sealed class RefusingStreamsOfAnotherShape
{
    private static readonly byte[] Side = [2000 >> 8, 2000 & 255];

    // Four components, no wavelet, one empty packet each: as whole as a stream can be.
    private static readonly byte[] Jpeg2000 =
    [
        0xFF, 0x4F, 0xFF, 0x51, 0, 50, 0, 0, 0, 0, .. Side, 0, 0, .. Side, .. new byte[8], 0, 0, .. Side, 0, 0, .. Side, .. new byte[8], 0, 4, 7, 1, 1, 7, 1, 1, 7, 1, 1, 7, 1, 1,
        0xFF, 0x52, 0, 12, 0, 0, 0, 1, 0, 0, 4, 4, 0, 1, 0xFF, 0x5C, 0, 4, 0x40, 0x40, 0xFF, 0x90, 0, 10, 0, 0, 0, 0, 0, 0, 0, 1, 0xFF, 0x93, 0, 0, 0, 0, 0xFF, 0xD9,
    ];

    private static readonly byte[] JpegLs = [0xFF, 0xD8, 0xFF, 0xF7, 0, 17, 8, .. Side, .. Side, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, .. Enumerable.Repeat((byte)0xFF, 300)];

    [Theory]
    [InlineData("90", 4)]
    [InlineData("80", 3)]
    public void TheyAreRefusedBeforeAnythingIsAllocated(string syntax, int components)
    {
        FrameFormat format = new()
        {
            Width = 2000,
            Height = 2000,
            Channels = 1,
            BitsAllocated = 8,
            BitsStored = 8,
            HighBit = 7,
            IsSigned = false,
            IsPlanar = false,
            PhotometricInterpretation = "MONOCHROME2",
            TransferSyntaxUid = KnownCodecs.Prefix + syntax,
        };
        IFrameDecoder decoder = DicomOptions.Default.FrameDecoders.First(d => d.CanDecode(format.TransferSyntaxUid));
        byte[] stream = syntax == "90" ? Jpeg2000 : JpegLs;
        long before = GC.GetAllocatedBytesForCurrentThread();
        InvalidDataException e = Assert.Throws<InvalidDataException>(() => decoder.Decode(stream, format, []));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
        Assert.Contains($"2000 x 2000 x {components} samples found, the DICOM header says 2000 x 2000 x 1", e.Message, StringComparison.Ordinal);
    }
}
