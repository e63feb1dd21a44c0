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
        new CodedFrameDecoder("JPEG lossless", clamp: false, JpegLosslessDecoder.Decode, TransferSyntax.JpegLossless, TransferSyntax.JpegLosslessSv1),
        new CodedFrameDecoder("JPEG-LS", clamp: false, JpegLsDecoder.Decode, TransferSyntax.JpegLsLossless, TransferSyntax.JpegLsNearLossless),
    ];
}
