namespace CxrNet.Imaging;

/// <summary>JPEG decoded straight to a half, a quarter or an eighth of its size; see <see cref="SkiaRadiographDecoder.DecodeTo"/>.</summary>
/// <remarks>Safe for concurrent use. It reads JPEG alone; <see cref="RadiographDecoder.DecodeTo"/> puts it before the other decoders.</remarks>
public sealed class JpegScaledDecoder : IRadiographDecoder
{
    /// <summary>Keeps at least so many pixels on the shorter side.</summary>
    /// <param name="minimumSide">The network's input size, for example 224.</param>
    public JpegScaledDecoder(int minimumSide)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(minimumSide);
        MinimumSide = minimumSide;
    }

    /// <summary>Pixels that the shorter side keeps at the least.</summary>
    public int MinimumSide { get; }

    /// <inheritdoc/>
    public bool CanDecode(ReadOnlySpan<byte> header) => JpegHeader.Begins(header);

    /// <inheritdoc/>
    public DecodedImage Decode(ReadOnlyMemory<byte> data, DecodeLimits? limits = null) => SkiaRadiographDecoder.DecodeTo(data, MinimumSide, limits);
}
