namespace CxrNet.Imaging.Dicom.Codecs;

/// <summary>Fits a codec that knows nothing of DICOM behind <see cref="IFrameDecoder"/>.</summary>
/// <param name="name">The codec, for error messages.</param>
/// <param name="decode">Decodes a codestream within bounds.</param>
/// <param name="transferSyntaxUids">What it reads.</param>
internal sealed class CodedFrameDecoder(string name, CodedFrameDecoder.DecodeStream decode, params string[] transferSyntaxUids) : IFrameDecoder
{
    public delegate CodedImage DecodeStream(ReadOnlySpan<byte> stream, StreamBounds bounds);

    public bool CanDecode(string transferSyntaxUid) => transferSyntaxUids.Contains(transferSyntaxUid);

    public FrameColor Decode(ReadOnlyMemory<byte> stream, FrameFormat format, Span<byte> destination)
    {
        CodedImage image = decode(stream.Span, StreamBounds.Of(format));

        // The reversible wavelet overshoots too where its stream was cut short, which only the lossy transfer syntax allows.
        bool mayOvershoot = !image.IsReversible || format.TransferSyntaxUid == TransferSyntax.Jpeg2000;
        CodedFrame.Write(name, image, format, mayOvershoot, destination);
        return FrameColor.AsStated;
    }
}
