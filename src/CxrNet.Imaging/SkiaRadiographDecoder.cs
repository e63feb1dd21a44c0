namespace CxrNet.Imaging;

/// <summary>JPEG, BMP and WebP through SkiaSharp. A grey JPEG stays one channel; EXIF orientation is applied.</summary>
/// <remarks>Safe for concurrent use. PNG is read by <see cref="PngRadiographDecoder"/>: Skia reduces 16 bits to 8.</remarks>
public sealed class SkiaRadiographDecoder : IRadiographDecoder
{
    /// <inheritdoc/>
    public bool CanDecode(ReadOnlySpan<byte> header) => FormatOf(header) is not null;

    /// <inheritdoc/>
    public DecodedImage Decode(ReadOnlyMemory<byte> data, DecodeLimits? limits = null) => DecodeAtLeast(data, int.MaxValue, limits);

    /// <summary>Decodes a JPEG straight to a half, a quarter or an eighth of its size, the smallest whose shorter side is not below <paramref name="minimumSide"/>.</summary>
    /// <remarks>Reduction happens in the cosine domain (libjpeg's scaled inverse DCT), so most of the work is never done. Other formats are decoded whole.</remarks>
    /// <param name="data">The whole file.</param>
    /// <param name="minimumSide">Pixels that the shorter side keeps at the least; a smaller picture is decoded whole.</param>
    /// <param name="limits">What may be spent on it; <see cref="DecodeLimits.Default"/> where null.</param>
    /// <exception cref="InvalidDataException">As <see cref="Decode"/>.</exception>
    public static DecodedImage DecodeTo(ReadOnlyMemory<byte> data, int minimumSide, DecodeLimits? limits = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(minimumSide);
        return DecodeAtLeast(data, minimumSide, limits);
    }

    private static DecodedImage DecodeAtLeast(ReadOnlyMemory<byte> data, int minimumSide, DecodeLimits? limits)
    {
        limits ??= DecodeLimits.Default;
        DecodeGuard.CheckFile(data.Length, limits);
        string format = FormatOf(data.Span) ?? throw new InvalidDataException($"No JPEG, BMP or WebP: the file begins with {DecodeGuard.FirstBytes(data.Span)}.");
        if (format == "JPEG")
        {
            JpegHeader.Read(data.Span).RefuseUnreadable(data.Length, limits);
        }

        using SkiaFrame frame = SkiaFrame.Open(format, data);
        DecodeGuard.CheckSize(format, frame.Width, frame.Height, limits);
        (int width, int height) = format == "JPEG" ? Reduced(frame, minimumSide) : (frame.Width, frame.Height);
        return frame.Decode(width, height);
    }

    private static (int Width, int Height) Reduced(SkiaFrame frame, int minimumSide)
    {
        foreach (float scale in (ReadOnlySpan<float>)[1 / 8f, 1 / 4f, 1 / 2f])
        {
            (int width, int height) = frame.SizeAt(scale);
            if (Math.Min(width, height) >= minimumSide)
            {
                return (width, height);
            }
        }

        return (frame.Width, frame.Height);
    }

    private static string? FormatOf(ReadOnlySpan<byte> header) => header switch
    {
        _ when JpegHeader.Begins(header) => "JPEG",
        [(byte)'B', (byte)'M', _, _, _, _, 0, 0, 0, 0, _, _, _, _, ..] => "BMP",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => "WebP",
        _ => null,
    };
}
