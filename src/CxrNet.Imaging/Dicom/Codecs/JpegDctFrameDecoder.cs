using CxrNet.Imaging.Dicom.Codecs.JpegDct;

namespace CxrNet.Imaging.Dicom.Codecs;

/// <summary>JPEG baseline and extended, 8 and 12 bits.</summary>
/// <remarks>
/// Own code: SkiaSharp has no 12 bits and converts colour before DICOM had its say. JpegLibrary 0.4.32 (MIT) was the alternative: its floating-point DCT rounds
/// otherwise than the DICOM toolkits', and it copies subsampled blocks unchecked, past their end where a damaged header claims a sampling factor of 3.
/// </remarks>
internal sealed class JpegDctFrameDecoder : IFrameDecoder
{
    public bool CanDecode(string transferSyntaxUid) => transferSyntaxUid is TransferSyntax.JpegBaseline or TransferSyntax.JpegExtended;

    public FrameColor Decode(ReadOnlyMemory<byte> stream, FrameFormat format, Span<byte> destination)
    {
        DctFrame frame = DctDecoder.Decode(stream.Span, format);
        DctOutput.Write(frame, format, destination);
        return format.Channels == 3 ? ColorOf(stream.Span) : FrameColor.AsStated;
    }

    // The stream's own markers are right more often than the DICOM header; this is how libjpeg decides.
    private static FrameColor ColorOf(ReadOnlySpan<byte> stream)
    {
        JpegHeader header = JpegHeader.Read(stream);
        return header switch
        {
            { HasJfif: true } => FrameColor.YbrFull,
            { AdobeTransform: 0 } => FrameColor.Rgb,
            { AdobeTransform: 1 } => FrameColor.YbrFull,
            { ComponentIds: ((byte)'R', (byte)'G', (byte)'B') } => FrameColor.Rgb,
            _ => FrameColor.AsStated,
        };
    }
}
