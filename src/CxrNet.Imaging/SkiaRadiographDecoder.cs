namespace CxrNet.Imaging;

/// <summary>JPEG, BMP and WebP through SkiaSharp. A grey JPEG stays one channel; EXIF orientation is applied.</summary>
/// <remarks>Safe for concurrent use. PNG is read by <see cref="PngRadiographDecoder"/>: Skia reduces 16 bits to 8.</remarks>
public sealed class SkiaRadiographDecoder : IRadiographDecoder
{
    /// <inheritdoc/>
    public bool CanDecode(ReadOnlySpan<byte> header) => FormatOf(header) is not null;

    /// <inheritdoc/>
    public DecodedImage Decode(ReadOnlyMemory<byte> data, DecodeLimits? limits = null)
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
        return frame.Decode(frame.Width, frame.Height);
    }

    private static string? FormatOf(ReadOnlySpan<byte> header) => header switch
    {
        [0xFF, 0xD8, 0xFF, ..] => "JPEG",
        [(byte)'B', (byte)'M', _, _, _, _, 0, 0, 0, 0, _, _, _, _, ..] => "BMP",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => "WebP",
        _ => null,
    };
}
