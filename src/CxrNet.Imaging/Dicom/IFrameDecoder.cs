namespace CxrNet.Imaging.Dicom;

/// <summary>Decodes one compressed frame of a DICOM file. Implement it to replace a codec or to add a transfer syntax.</summary>
/// <remarks>Safe for concurrent use.</remarks>
public interface IFrameDecoder
{
    /// <summary>Whether this decoder reads frames of a transfer syntax.</summary>
    /// <param name="transferSyntaxUid">For example "1.2.840.10008.1.2.4.70".</param>
    bool CanDecode(string transferSyntaxUid);

    /// <summary>Decodes one frame into the layout of an uncompressed one.</summary>
    /// <param name="stream">The frame's compressed bytes, its fragments joined.</param>
    /// <param name="format">What the header says; the stream must agree with its width, height and channels.</param>
    /// <param name="destination">
    /// <see cref="FrameFormat.FrameBytes"/> bytes, all of them to be written: row-major, channels interleaved, <see cref="FrameFormat.BytesPerSample"/> bytes a sample
    /// in the machine's byte order. Negative samples are two's complement; bits above <see cref="FrameFormat.BitsStored"/> do not matter.
    /// </param>
    /// <returns>The colour space of what was written.</returns>
    /// <exception cref="InvalidDataException">The stream is damaged, ends early, or contradicts the header.</exception>
    FrameColor Decode(ReadOnlyMemory<byte> stream, FrameFormat format, Span<byte> destination);
}
