namespace CxrNet.Imaging.Dicom;

/// <summary>An opened DICOM file: its header is read, its frames are decoded when they are asked for.</summary>
/// <remarks>Safe for concurrent use. It holds on to the bytes that it was opened from, and to no value that names a person.</remarks>
public sealed class DicomFile
{
    private readonly DicomDataSet _set;
    private readonly DicomContainer _container;
    private readonly DicomOptions _options;
    private readonly DecodeLimits _limits;
    private readonly List<string> _warnings;
    private readonly ReadOnlyMemory<byte> _pixels;
    private readonly EncapsulatedPixels? _encapsulated;

    private DicomFile(DicomContainer container, DicomDataSet set, DicomOptions options, DecodeLimits limits, List<string> warnings)
    {
        (_container, _set, _options, _limits, _warnings) = (container, set, options, limits, warnings);
        if (!set.TryGet(DicomTag.PixelData, out DicomElement pixels))
        {
            throw new InvalidDataException(set.Has(DicomTag.FloatPixelData) || set.Has(DicomTag.DoubleFloatPixelData)
                ? "The DICOM file has floating-point pixels (7FE0,0008), which no radiograph has; integer pixels (7FE0,0010) expected."
                : "The DICOM file has no pixel data (7FE0,0010).");
        }

        Format = FrameFormatReader.Read(set, container.TransferSyntaxUid, limits, warnings);
        FrameCount = (int)Math.Clamp(set.Number(DicomTag.NumberOfFrames) ?? 1, 1, int.MaxValue);
        _pixels = set.Bytes(DicomTag.PixelData);
        if (pixels.IsUndefinedLength)
        {
            _encapsulated = EncapsulatedPixels.Read(_pixels);
        }
        else
        {
            CheckNativeLength(pixels);
        }

        NoteOverlays();
    }

    /// <summary>How the pixels are stored.</summary>
    public FrameFormat Format { get; }

    /// <summary>How many frames the header states; 1 where it says nothing.</summary>
    public int FrameCount { get; }

    /// <summary>The value of pixels that show nothing, (0028,0120); null where it is not stated.</summary>
    public int? PaddingValue => _set.Integer(DicomTag.PixelPaddingValue, 0, Format.IsSigned);

    /// <summary>What the header says of the radiograph, with the warnings of reading it.</summary>
    public RadiographInfo Info => InfoReader.Read(_set, _options.Frame, [.. _warnings]);

    /// <summary>The unique identifiers that a derived object refers to.</summary>
    public DicomReference Reference => new(
        _set.Text(DicomTag.SopClassUid), _set.Text(DicomTag.SopInstanceUid), _set.Text(DicomTag.StudyInstanceUid), _set.Text(DicomTag.SeriesInstanceUid));

    /// <summary>The overlays (PS3.3 C.9.2) that the file holds beside its pixels; none of them is drawn into the image.</summary>
    public IReadOnlyList<DicomOverlay> Overlays => DicomOverlay.ReadAll(_set, _limits);

    /// <summary>Reads the header of a file.</summary>
    /// <param name="data">The whole file; it must not change while this object is used.</param>
    /// <param name="options">How to read it; <see cref="DicomOptions.Default"/> where null.</param>
    /// <param name="limits">What may be spent on it; <see cref="DecodeLimits.Default"/> where null.</param>
    /// <exception cref="InvalidDataException">The bytes are no DICOM file, are damaged, hold no image, or go beyond the limits.</exception>
    public static DicomFile Open(ReadOnlyMemory<byte> data, DicomOptions? options = null, DecodeLimits? limits = null)
    {
        options ??= DicomOptions.Default;
        limits ??= DecodeLimits.Default;
        DecodeGuard.CheckFile(data.Length, limits);
        List<string> warnings = [];
        DicomContainer container = DicomContainer.Open(data, options, limits, warnings);
        return new DicomFile(container, DicomDataSet.Read(container.Data, container.Start, container.Encoding), options, limits, warnings);
    }

    /// <summary>The values of one frame exactly as they are stored, widened to 32 bits (an unsigned one of 32 bits keeps its bit pattern).</summary>
    /// <param name="frame">Which frame, from 0.</param>
    /// <returns>Row-major, channels interleaved; compressed YCbCr and palette indices are left as they are.</returns>
    /// <exception cref="InvalidDataException">The pixel data is damaged or ends early.</exception>
    public int[] StoredValues(int frame = 0) => DecodeFrame(frame, []).ToInt32();

    /// <summary>Decodes one frame.</summary>
    /// <param name="frame">Which frame, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such frame.</exception>
    /// <exception cref="InvalidDataException">The pixel data is damaged or ends early, or its transfer syntax is not read.</exception>
    public DecodedImage Decode(int frame = 0)
    {
        List<string> warnings = [.. _warnings];
        StoredFrame stored = DecodeFrame(frame, warnings);
        if (Format.PhotometricInterpretation == "PALETTE COLOR")
        {
            return ColorFrames.FromPalette(stored, _set, InfoReader.Read(_set, frame, warnings));
        }

        if (Format.Channels == 3)
        {
            return Color(stored, InfoReader.Read(_set, frame, warnings));
        }

        DisplayTransform display = DisplayReader.Read(_set, frame, Format.IsSigned, warnings);
        if (display.UseMinMax && FrameCount > 1)
        {
            display = MinMaxOfAllFrames(display);
        }

        return GreyFrames.ToImage(stored, display, warnings, () => InfoReader.Read(_set, frame, warnings));
    }

    private StoredFrame DecodeFrame(int frame, List<string> warnings)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(frame);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(frame, FrameCount);
        byte[] samples;
        FrameColor color = FrameColor.AsStated;
        if (_encapsulated is null)
        {
            samples = new byte[Format.FrameBytes];
            if (!NativePixels.Copy(_pixels.Span, frame, Format, _container.Encoding.IsBigEndian, samples))
            {
                warnings.Add($"The pixel data ends early; what is missing of frame {frame} is 0.");
            }
        }
        else
        {
            (samples, color) = DecodeCompressed(frame);
        }

        // Codecs give values, only uncompressed and run-length coded samples stand where the high bit says.
        bool positioned = _encapsulated is null || _container.TransferSyntaxUid == TransferSyntax.RleLossless;
        StoredFrame.Clean(samples, Format, positioned ? Format.HighBit + 1 - Format.BitsStored : 0);
        return new StoredFrame(Format, samples, color);
    }

    private (byte[] Samples, FrameColor Color) DecodeCompressed(int frame)
    {
        string uid = _container.TransferSyntaxUid;
        IFrameDecoder decoder = _options.FrameDecoders.FirstOrDefault(d => d.CanDecode(uid))
            ?? throw new InvalidDataException($"The transfer syntax {uid} is not read.");
        ReadOnlyMemory<byte> stream = _encapsulated!.Frame(frame, FrameCount);
        FrameGuard.CheckClaim(Format, stream.Length);
        byte[] samples = new byte[Format.FrameBytes];
        try
        {
            return (samples, decoder.Decode(stream, Format, samples));
        }
        catch (InvalidDataException e) when (_encapsulated.IsCutOff)
        {
            throw new InvalidDataException($"The file is cut off inside its pixel data: {e.Message}", e);
        }
    }

    // An image's own minimum and maximum would let a frame's brightness change from one to the next.
    private DisplayTransform MinMaxOfAllFrames(DisplayTransform display)
    {
        if ((long)FrameCount * Format.Width * Format.Height > _limits.MaxPixels)
        {
            return display;
        }

        double min = double.PositiveInfinity;
        double max = double.NegativeInfinity;
        for (int frame = 0; frame < FrameCount; frame++)
        {
            (double low, double high) = GreyFrames.Range(DecodeFrame(frame, []), display);
            (min, max) = (Math.Min(min, low), Math.Max(max, high));
        }

        return max > min ? display with { UseMinMax = false, Window = new VoiWindow((min + max) / 2, max - min, VoiFunction.LinearExact) } : display;
    }

    private DecodedImage Color(StoredFrame frame, RadiographInfo info)
    {
        bool isYbr = frame.Color == FrameColor.YbrFull || (frame.Color == FrameColor.AsStated && Format.PhotometricInterpretation is "YBR_FULL" or "YBR_FULL_422");
        if (isYbr && Format.BytesPerSample != 1)
        {
            throw new InvalidDataException($"{Format.PhotometricInterpretation} with {Format.BitsAllocated} bits allocated; 8 expected.");
        }

        if (isYbr)
        {
            ColorFrames.YbrToRgb(frame.Samples);
        }

        return new DecodedImage(
            Format.Width,
            Format.Height,
            Format.BytesPerSample == 1 ? SampleFormat.UInt8 : SampleFormat.UInt16,
            PhotometricMeaning.Rgb,
            frame.Samples,
            Format.BitsStored)
        {
            Info = info,
        };
    }

    private void CheckNativeLength(DicomElement pixels)
    {
        if (!TransferSyntax.IsNative(_container.TransferSyntaxUid) && _options.FrameDecoders.All(d => !d.CanDecode(_container.TransferSyntaxUid)))
        {
            throw new InvalidDataException($"The transfer syntax {_container.TransferSyntaxUid} is not read.");
        }

        long frame = NativePixels.StoredBytes(Format);
        long expected = Format.BitsAllocated == 1 ? ((((long)Format.Width * Format.Height * FrameCount) + 7) / 8) : frame * FrameCount;
        if (_pixels.Length < expected)
        {
            string found = $"{_pixels.Length} bytes of pixel data found, {Format.Width} x {Format.Height} x {FrameCount} frames of {Format.BitsAllocated} bits = {expected} expected";
            if (!_options.RecoverTruncatedPixels)
            {
                throw new InvalidDataException($"{(pixels.IsCutOff ? "The file is cut off" : "The pixel data is too short")}: {found}.");
            }
        }
        else if (_pixels.Length > expected + 1)
        {
            _warnings.Add($"{_pixels.Length - expected} bytes behind the pixels are ignored.");
        }
    }

    private void NoteOverlays()
    {
        if (DicomOverlay.Any(_set))
        {
            _warnings.Add("The file's overlays (60xx,3000) are not drawn into the image.");
        }
    }
}
