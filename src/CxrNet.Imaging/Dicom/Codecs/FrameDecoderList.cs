namespace CxrNet.Imaging.Dicom.Codecs;

/// <summary>The decoders that ship.</summary>
internal static class FrameDecoderList
{
    public static IReadOnlyList<IFrameDecoder> All { get; } = [new RleFrameDecoder(), new JpegDctFrameDecoder(), new JpegLosslessFrameDecoder()];
}
