namespace CxrNet.Imaging;

/// <summary>PNG of every colour type and bit depth, interlaced or not: 16 bits stay 16, grey stays one channel, EXIF orientation is applied, an alpha channel is dropped.</summary>
/// <remarks>
/// Safe for concurrent use. Own code because SkiaSharp gives 8 bits at the most for grey. Alpha is dropped, not blended, as PIL's <c>convert('L')</c> does;
/// a warning says so where the file has it. A palette of greys becomes one channel.
/// </remarks>
public sealed class PngRadiographDecoder : IRadiographDecoder
{
    /// <inheritdoc/>
    public bool CanDecode(ReadOnlySpan<byte> header) => header.StartsWith(PngFormat.Signature);

    /// <inheritdoc/>
    public DecodedImage Decode(ReadOnlyMemory<byte> data, DecodeLimits? limits = null)
    {
        limits ??= DecodeLimits.Default;
        DecodeGuard.CheckFile(data.Length, limits);
        if (!CanDecode(data.Span))
        {
            throw new InvalidDataException($"No PNG: the file begins with {DecodeGuard.FirstBytes(data.Span)}.");
        }

        using PngChunks chunks = PngChunks.Read(data.Span);
        PngHeader header = chunks.Header;
        DecodeGuard.CheckSize("PNG", header.Width, header.Height, limits);

        // Deflate packs at most 1032 to 1 (RFC 1951: 258 bytes for 2 bits), so a claim beyond that is a bomb.
        long claimed = (((long)header.Width * header.BitsPerPixel / 8) + 1) * header.Height;
        if (claimed / 1032 > chunks.CompressedLength + 64)
        {
            throw new InvalidDataException($"The PNG header claims {header.Width} x {header.Height} pixels, which {chunks.CompressedLength} bytes of compressed data cannot hold.");
        }

        bool greyPalette = header.IsPalette && chunks.PaletteIsGrey;
        int channels = header.IsGrey || greyPalette ? 1 : 3;
        PngRows rows = new(header, channels, chunks.Palette);
        using (Stream stream = chunks.OpenPixels())
        {
            PngScanlines.Read(stream, header, rows);
        }

        int bytesPerPixel = channels * (header.BitDepth == 16 ? 2 : 1);
        (byte[] samples, int width, int height) = Orientation.Upright(rows.Samples, header.Width, header.Height, bytesPerPixel, chunks.Orientation);
        return new DecodedImage(
            width,
            height,
            header.BitDepth == 16 ? SampleFormat.UInt16 : SampleFormat.UInt8,
            channels == 1 ? PhotometricMeaning.Monochrome2 : PhotometricMeaning.Rgb,
            samples,
            header.IsPalette ? 8 : header.BitDepth)
        {
            Info = header.HasAlpha || chunks.HasTransparency
                ? RadiographInfo.Unknown with { Warnings = ["The PNG's transparency is ignored."] }
                : RadiographInfo.Unknown,
        };
    }
}
