namespace CxrNet.Imaging.Dicom.Codecs;

/// <summary>Fits a codec that knows nothing of DICOM behind <see cref="IFrameDecoder"/>.</summary>
/// <param name="name">The codec, for error messages.</param>
/// <param name="clamp">Whether values beyond the bits stored are overshoot to be clamped (lossy wavelets), not bit patterns to be kept.</param>
/// <param name="decode">Decodes a codestream of at most so many pixels.</param>
/// <param name="transferSyntaxUids">What it reads.</param>
internal sealed class CodedFrameDecoder(string name, bool clamp, CodedFrameDecoder.DecodeStream decode, params string[] transferSyntaxUids) : IFrameDecoder
{
    public delegate CodedImage DecodeStream(ReadOnlySpan<byte> stream, long maxPixels);

    public bool CanDecode(string transferSyntaxUid) => transferSyntaxUids.Contains(transferSyntaxUid);

    public FrameColor Decode(ReadOnlyMemory<byte> stream, FrameFormat format, Span<byte> destination)
    {
        CodedImage image = decode(stream.Span, (long)format.Width * format.Height);
        CodedFrame.Write(name, image, format, clamp, destination);
        return FrameColor.AsStated;
    }
}
