using CxrNet.Imaging.Dicom.Codecs.Jpeg2000;
using CxrNet.Imaging.Dicom.Codecs.JpegLossless;
using CxrNet.Imaging.Dicom.Codecs.JpegLs;

namespace CxrNet.Imaging.Dicom.Codecs;

/// <summary>The decoders that ship.</summary>
internal static class FrameDecoderList
{
    public static IReadOnlyList<IFrameDecoder> All { get; } =
    [
        new RleFrameDecoder(),
        new JpegDctFrameDecoder(),
        new CodedFrameDecoder("JPEG lossless", JpegLosslessDecoder.Decode, TransferSyntax.JpegLossless, TransferSyntax.JpegLosslessSv1),
        new CodedFrameDecoder("JPEG-LS", JpegLsDecoder.Decode, TransferSyntax.JpegLsLossless, TransferSyntax.JpegLsNearLossless),
        new CodedFrameDecoder("JPEG 2000", Jpeg2000Decoder.Decode, TransferSyntax.Jpeg2000Lossless, TransferSyntax.Jpeg2000),
    ];
}
