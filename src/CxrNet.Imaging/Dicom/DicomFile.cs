namespace CxrNet.Imaging.Dicom;

/// <summary>An opened DICOM file: its header is read, its frames are decoded when they are asked for.</summary>
/// <remarks>Safe for concurrent use. It holds on to the bytes that it was opened from, and to no value that names a person.</remarks>
public sealed class DicomFile
{
    private readonly DicomDataSet _set;
    private readonly DicomPixels _pixels;
    private readonly DicomOptions _options;
    private readonly DecodeLimits _limits;
    private readonly string[] _warnings;
    private readonly Lock _rangeLock = new();
    private FrameRange? _range;

    private DicomFile(DicomDataSet set, DicomPixels pixels, DicomOptions options, DecodeLimits limits, List<string> warnings) =>
        (_set, _pixels, _options, _limits, _warnings) = (set, pixels, options, limits, [.. warnings]);

    /// <summary>How the pixels are stored.</summary>
    public FrameFormat Format => _pixels.Format;

    /// <summary>How many frames the header states; 1 where it says nothing.</summary>
    public int FrameCount => _pixels.FrameCount;

    /// <summary>The value of pixels that show nothing, (0028,0120); null where it is not stated.</summary>
    public int? PaddingValue => _set.Integer(DicomTag.PixelPaddingValue, 0, Format.IsSigned);

    /// <summary>What the header says of the radiograph, with the warnings of reading it.</summary>
    public RadiographInfo Info => InfoReader.Read(_set, _options.Frame, _warnings);

    /// <summary>The unique identifiers that a derived object refers to, and whether text is burnt in.</summary>
    public DicomReference Reference => new(_set.Uid(DicomTag.SopClassUid), _set.Uid(DicomTag.SopInstanceUid), _set.Uid(DicomTag.StudyInstanceUid), _set.Uid(DicomTag.SeriesInstanceUid))
    {
        BurnedInAnnotation = InfoReader.BurnedIn(_set),
    };

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
        DicomDataSet set = DicomDataSet.Read(container.Data, container.Start, container.Encoding);
        DicomPixels pixels = DicomPixels.Open(set, container.TransferSyntaxUid, options, limits, warnings);
        if (DicomOverlay.Any(set))
        {
            warnings.Add("The file's overlays (60xx,3000) are not drawn into the image.");
        }

        return new DicomFile(set, pixels, options, limits, warnings);
    }

    /// <summary>The values of one frame exactly as they are stored, widened to 32 bits (an unsigned one of 32 bits keeps its bit pattern).</summary>
    /// <param name="frame">Which frame, from 0.</param>
    /// <returns>Row-major, channels interleaved; compressed YCbCr and palette indices are left as they are.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such frame.</exception>
    /// <exception cref="InvalidDataException">The pixel data is damaged or ends early.</exception>
    public int[] StoredValues(int frame = 0) => _pixels.Decode(frame, []).ToInt32();

    /// <summary>Decodes one frame.</summary>
    /// <param name="frame">Which frame, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such frame.</exception>
    /// <exception cref="InvalidDataException">The pixel data is damaged or ends early.</exception>
    public DecodedImage Decode(int frame = 0)
    {
        List<string> warnings = [.. _warnings];
        StoredFrame stored = _pixels.Decode(frame, warnings);
        if (Format.PhotometricInterpretation == "PALETTE COLOR")
        {
            return ColorFrames.FromPalette(stored, _set, InfoReader.Read(_set, frame, warnings));
        }

        if (Format.Channels == 3)
        {
            return ColorFrames.ToImage(stored, InfoReader.Read(_set, frame, warnings));
        }

        DisplayTransform display = DisplayReader.Read(_set, frame, Format, warnings);
        if (display.UseMinMax && FrameCount > 1)
        {
            display = MinMaxOfAllFrames(display, warnings);
        }

        return GreyFrames.ToImage(stored, display, warnings, () => InfoReader.Read(_set, frame, warnings));
    }

    // One frame's own minimum and maximum would let the brightness jump from frame to frame.
    private DisplayTransform MinMaxOfAllFrames(DisplayTransform display, List<string> warnings)
    {
        FrameRange range = RangeOfAllFrames();
        if (range.Missing is null)
        {
            return range.ApplyTo(display);
        }

        warnings.Add(range.Missing);
        return display;
    }

    // Looked for once, by one thread; after a failure (memory, a foreign decoder) anew, which Lazy would not do: it keeps the exception.
    private FrameRange RangeOfAllFrames()
    {
        lock (_rangeLock)
        {
            // The modality LUT is the file's, so one range serves all frames, whatever their own rescale.
            return _range ??= FrameRange.Of(_pixels, DisplayReader.Read(_set, 0, Format, []).ModalityLut, _limits);
        }
    }
}
