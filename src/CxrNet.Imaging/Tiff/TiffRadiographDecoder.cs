namespace CxrNet.Imaging;

/// <summary>TIFF with 8 or 16 bits: grey (0 black or 0 white) and RGB, in strips or tiles, uncompressed, LZW, Deflate or PackBits. 16 bits stay 16.</summary>
/// <remarks>
/// Safe for concurrent use. Unpacked by LibTiff.Net, behind own checks of every claim of the header. Orientation is applied; an alpha channel is dropped with a warning, as in PNG.
/// Not read, each with a clear error: BigTIFF, palettes, 1 to 4 and 32 bits, floating point, separate planes, JPEG and fax compression.
/// </remarks>
public sealed class TiffRadiographDecoder : IRadiographDecoder
{
    /// <summary>Reads one page of each file.</summary>
    /// <param name="page">The page, counted from 0; the first by default.</param>
    public TiffRadiographDecoder(int page = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(page);
        Page = page;
    }

    /// <summary>The page that is read, counted from 0.</summary>
    public int Page { get; }

    /// <inheritdoc/>
    public bool CanDecode(ReadOnlySpan<byte> header)
    {
        // 43 is BigTIFF, for its own error. A DICOM file may have a TIFF header in its preamble; it is a DICOM file first.
        bool tiff = header is [(byte)'I', (byte)'I', 42 or 43, 0, ..] or [(byte)'M', (byte)'M', 0, 42 or 43, ..];
        return tiff && !(header.Length >= 132 && header[128..132].SequenceEqual("DICM"u8));
    }

    /// <inheritdoc/>
    public DecodedImage Decode(ReadOnlyMemory<byte> data, DecodeLimits? limits = null)
    {
        limits ??= DecodeLimits.Default;
        DecodeGuard.CheckFile(data.Length, limits);
        if (!CanDecode(data.Span))
        {
            throw new InvalidDataException($"No TIFF: the file begins with {DecodeGuard.FirstBytes(data.Span)}.");
        }

        TiffDirectory directory = TiffPages.Find(data, Page, out int pages);
        TiffLayout layout = TiffLayout.Read(directory, data.Length, limits);
        byte[] samples = WithoutAlpha(TiffPixels.Read(data, directory, layout), layout);
        (samples, int width, int height) = Orientation.Upright(samples, layout.Width, layout.Height, layout.Channels * layout.BytesPerSample, layout.Orientation);
        return new DecodedImage(width, height, FormatOf(layout), MeaningOf(layout), samples, 8 * layout.BytesPerSample) { Info = InfoOf(directory, layout, pages) };
    }

    private static SampleFormat FormatOf(TiffLayout layout) => layout.BytesPerSample == 1 ? SampleFormat.UInt8 : layout.IsSigned ? SampleFormat.Int16 : SampleFormat.UInt16;

    private static PhotometricMeaning MeaningOf(TiffLayout layout) => layout.Photometric switch
    {
        0 => PhotometricMeaning.Monochrome1,
        1 => PhotometricMeaning.Monochrome2,
        _ => PhotometricMeaning.Rgb,
    };

    private static byte[] WithoutAlpha(byte[] stored, TiffLayout layout)
    {
        if (layout.StoredChannels == layout.Channels)
        {
            return stored;
        }

        int kept = layout.Channels * layout.BytesPerSample;
        byte[] samples = new byte[layout.Width * layout.Height * kept];
        for (int from = 0, to = 0; to < samples.Length; from += layout.BytesPerPixel, to += kept)
        {
            stored.AsSpan(from, kept).CopyTo(samples.AsSpan(to));
        }

        return samples;
    }

    private RadiographInfo InfoOf(TiffDirectory directory, TiffLayout layout, int pages)
    {
        List<string> warnings = [];
        if (pages > 1)
        {
            warnings.Add($"The TIFF has {pages} pages; page {Page}, counted from 0, is read.");
        }

        if (!directory.Has(TiffTags.Photometric))
        {
            warnings.Add("The TIFF does not say whether 0 is black or white; black is assumed.");
        }

        if (layout.StoredChannels > layout.Channels)
        {
            warnings.Add("The TIFF's transparency is ignored.");
        }

        return warnings.Count == 0 ? RadiographInfo.Unknown : RadiographInfo.Unknown with { Warnings = warnings };
    }
}
