namespace CxrNet.Imaging.Dicom;

/// <summary>DICOM: every common transfer syntax, 1 to 32 bits, grey and colour; see docs/input-formats.md.</summary>
/// <remarks>Safe for concurrent use. For single frames of a multi-frame file, exact stored values and overlays, see <see cref="DicomFile"/>.</remarks>
public sealed class DicomRadiographDecoder : IRadiographDecoder
{
    private readonly DicomOptions _options;

    /// <summary>Reads with these options.</summary>
    /// <param name="options">How to read; <see cref="DicomOptions.Default"/> where null.</param>
    public DicomRadiographDecoder(DicomOptions? options = null) => _options = options ?? DicomOptions.Default;

    /// <inheritdoc/>
    public bool CanDecode(ReadOnlySpan<byte> header) => DicomContainer.LooksLikeDicom(header);

    /// <inheritdoc/>
    public DecodedImage Decode(ReadOnlyMemory<byte> data, DecodeLimits? limits = null)
    {
        DicomFile file = DicomFile.Open(data, _options, limits);
        return _options.Frame >= 0 && _options.Frame < file.FrameCount
            ? file.Decode(_options.Frame)
            : throw new InvalidDataException($"Frame {_options.Frame} asked for, the file has {file.FrameCount}.");
    }
}
