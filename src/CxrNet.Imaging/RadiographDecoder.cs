using CxrNet.Imaging.Dicom;

namespace CxrNet.Imaging;

/// <summary>Looks at the first bytes of a file and hands it to the decoder that reads its format.</summary>
/// <remarks>Safe for concurrent use where its decoders are; the ones that ship are.</remarks>
public sealed class RadiographDecoder : IRadiographDecoder
{
    private const int HeaderLength = 256;
    private readonly IRadiographDecoder[] _decoders;

    /// <summary>Asks the decoders in the order given; the first that can decode a file gets it.</summary>
    /// <param name="decoders">At least one; a decoder that guesses (a DICOM file without a header) goes last.</param>
    /// <exception cref="ArgumentException">No decoder is given.</exception>
    public RadiographDecoder(params IReadOnlyList<IRadiographDecoder> decoders)
    {
        ArgumentNullException.ThrowIfNull(decoders);
        if (decoders.Count == 0)
        {
            throw new ArgumentException("0 decoders given, 1 or more expected.", nameof(decoders));
        }

        _decoders = [.. decoders];
    }

    /// <summary>Every format that this package reads.</summary>
    public static RadiographDecoder Default { get; } = new(new PngRadiographDecoder(), new SkiaRadiographDecoder(), new TiffRadiographDecoder(), new DicomRadiographDecoder());

    /// <summary>Every format that this package reads, JPEG on the fast path: decoded straight to a size whose shorter side is not below <paramref name="minimumSide"/>.</summary>
    /// <remarks>Faster, and not the same numbers: a picture that is reduced twice is a little softer. docs/input-formats.md states by how much.</remarks>
    /// <param name="minimumSide">The network's input size, for example 224.</param>
    public static RadiographDecoder DecodeTo(int minimumSide) => new(new JpegScaledDecoder(minimumSide), Default);

    /// <inheritdoc/>
    public bool CanDecode(ReadOnlySpan<byte> header)
    {
        foreach (IRadiographDecoder decoder in _decoders)
        {
            if (decoder.CanDecode(header))
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public DecodedImage Decode(ReadOnlyMemory<byte> data, DecodeLimits? limits = null)
    {
        limits ??= DecodeLimits.Default;
        DecodeGuard.CheckFile(data.Length, limits);
        ReadOnlySpan<byte> header = data.Span[..Math.Min(HeaderLength, data.Length)];
        foreach (IRadiographDecoder decoder in _decoders)
        {
            if (decoder.CanDecode(header))
            {
                return decoder.Decode(data, limits);
            }
        }

        throw new InvalidDataException($"No known image format: the file begins with {DecodeGuard.FirstBytes(header)}; JPEG, PNG, TIFF, BMP, WebP or DICOM expected.");
    }
}
