using CxrNet.Imaging.Dicom.Codecs.JpegLossless;

namespace CxrNet.Imaging.Dicom.Codecs;

/// <summary>JPEG lossless, process 14, every predictor.</summary>
internal sealed class JpegLosslessFrameDecoder : IFrameDecoder
{
    public bool CanDecode(string transferSyntaxUid) => transferSyntaxUid is TransferSyntax.JpegLossless or TransferSyntax.JpegLosslessSv1;

    public FrameColor Decode(ReadOnlyMemory<byte> stream, FrameFormat format, Span<byte> destination)
    {
        CodedImage image = JpegLosslessDecoder.Decode(stream.Span, (long)format.Width * format.Height);
        CodedFrame.Write("JPEG lossless", image, format, clamp: false, destination);
        return FrameColor.AsStated;
    }
}
