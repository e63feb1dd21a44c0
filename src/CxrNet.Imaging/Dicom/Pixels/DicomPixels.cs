namespace CxrNet.Imaging.Dicom;

/// <summary>The pixel data of a file, native or encapsulated, decoded frame by frame.</summary>
internal sealed class DicomPixels
{
    private readonly DicomOptions _options;
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly bool _isBigEndian;
    private readonly bool _isWords;
    private readonly bool _isCutOff;
    private readonly EncapsulatedPixels? _encapsulated;

    private DicomPixels(FrameFormat format, int frameCount, ReadOnlyMemory<byte> bytes, DicomElement element, DicomOptions options)
    {
        (Format, FrameCount, _bytes, _options) = (format, frameCount, bytes, options);
        (_isBigEndian, _isWords, _isCutOff) = (element.Encoding.IsBigEndian, element.Vr == ValueRepresentation.OW, element.IsCutOff);
        _encapsulated = element.IsUndefinedLength ? EncapsulatedPixels.Read(bytes, frameCount) : null;
    }

    public FrameFormat Format { get; }

    public int FrameCount { get; }

    /// <summary>Finds the pixel data; nothing is decoded yet.</summary>
    public static DicomPixels Open(DicomDataSet set, string transferSyntaxUid, DicomOptions options, DecodeLimits limits, List<string> warnings)
    {
        if (!set.TryGet(DicomTag.PixelData, out DicomElement element))
        {
            throw new InvalidDataException(set.Has(DicomTag.FloatPixelData) || set.Has(DicomTag.DoubleFloatPixelData)
                ? "The DICOM file has floating-point pixels (7FE0,0008), which no radiograph has; integer pixels (7FE0,0010) expected."
                : "The DICOM file has no pixel data (7FE0,0010).");
        }

        FrameFormat format = FrameFormatReader.Read(set, transferSyntaxUid, limits, warnings);
        int frames = (int)Math.Clamp(set.Number(DicomTag.NumberOfFrames) ?? 1, 1, int.MaxValue);
        DicomPixels pixels = new(format, frames, set.Bytes(DicomTag.PixelData), element, options);
        pixels.CheckSyntax(warnings);
        return pixels;
    }

    /// <summary>Decodes one frame; what is mended on the way is added to <paramref name="warnings"/>.</summary>
    public StoredFrame Decode(int frame, List<string> warnings)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(frame);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(frame, FrameCount);
        (byte[] samples, FrameColor color) = _encapsulated is null ? (DecodeNative(frame, warnings), FrameColor.AsStated) : DecodeCompressed(_encapsulated, frame);

        // Codecs give values (what codes whole cells is shifted there); only uncompressed and run-length coded samples stand where the high bit says.
        bool positioned = _encapsulated is null || Format.TransferSyntaxUid == TransferSyntax.RleLossless;
        StoredFrame.Clean(samples, Format, positioned ? Format.HighBit + 1 - Format.BitsStored : 0);
        return new StoredFrame(Format, samples, color);
    }

    private void CheckSyntax(List<string> warnings)
    {
        bool isNative = TransferSyntax.IsNative(Format.TransferSyntaxUid);
        if (!isNative && Decoder() is null)
        {
            throw new InvalidDataException($"The transfer syntax {Format.TransferSyntaxUid} is not read; an uncompressed one or one that a decoder of DicomOptions.FrameDecoders reads (by default RLE, JPEG, JPEG-LS and JPEG 2000) expected.");
        }

        if (_encapsulated is not null)
        {
            return;
        }

        if (!isNative)
        {
            warnings.Add($"The pixel data is not encapsulated, though the transfer syntax {Format.TransferSyntaxUid} says so; it is read as uncompressed.");
        }

        long expected = NativePixels.StoredBytes(Format, FrameCount);
        if (_bytes.Length > expected + 1)
        {
            warnings.Add($"{_bytes.Length - expected} bytes behind the pixels are ignored.");
        }
        else if (_bytes.Length < expected)
        {
            warnings.Add($"{_bytes.Length} bytes of pixel data found, {expected} expected for {FrameCount} frame(s).");
        }
    }

    private byte[] DecodeNative(int frame, List<string> warnings)
    {
        // Before the frame is allocated: the header's claim against what the file holds.
        long expected = NativePixels.StoredBytes(Format, frame + 1L);
        if (_bytes.Length < expected && !_options.RecoverTruncatedPixels)
        {
            throw new InvalidDataException($"{(_isCutOff ? "The file is cut off" : "The pixel data is too short")}: {_bytes.Length} bytes of pixel data found, {expected} expected ({Format.Width} x {Format.Height} pixels of {Format.BitsAllocated} bits, frame {frame + 1} of {FrameCount}).");
        }

        byte[] samples = new byte[Format.FrameBytes];
        if (!NativePixels.Copy(_bytes.Span, frame, Format, _isBigEndian, _isWords, samples))
        {
            warnings.Add($"The pixel data ends early; what is missing of frame {frame} is 0.");
        }

        return samples;
    }

    private (byte[] Samples, FrameColor Color) DecodeCompressed(EncapsulatedPixels encapsulated, int frame)
    {
        IFrameDecoder decoder = Decoder() ?? throw new InvalidDataException($"The pixel data is encapsulated, which the transfer syntax {Format.TransferSyntaxUid} does not allow.");
        ReadOnlyMemory<byte> stream = encapsulated.Frame(frame, FrameCount);
        FrameGuard.CheckClaim(Format, stream.Length);
        byte[] samples = new byte[Format.FrameBytes];
        try
        {
            return (samples, decoder.Decode(stream, Format, samples));
        }
        catch (InvalidDataException e) when (encapsulated.IsCutOff)
        {
            throw new InvalidDataException($"The file is cut off inside its pixel data: {e.Message}", e);
        }
    }

    private IFrameDecoder? Decoder() => _options.FrameDecoders.FirstOrDefault(d => d.CanDecode(Format.TransferSyntaxUid));
}
