namespace CxrNet.Imaging;

/// <summary>The checks at the door that all formats share: what a header claims against what the caller allows and what the file can hold.</summary>
internal static class DecodeGuard
{
    /// <summary>Refuses an empty file and one beyond the limit.</summary>
    public static void CheckFile(long bytes, DecodeLimits limits)
    {
        if (bytes == 0)
        {
            throw new InvalidDataException("The file is empty (0 bytes); an image was expected.");
        }

        BoundedBuffer.CheckLength(bytes, limits);
    }

    /// <summary>Refuses a size that is no image's and one beyond the limit; called before anything of that size is allocated.</summary>
    public static void CheckSize(string format, long width, long height, DecodeLimits limits)
    {
        if (width <= 0 || height <= 0)
        {
            throw new InvalidDataException($"The {format} header claims {width} x {height} pixels; 1 x 1 or more expected.");
        }

        // Division, since a hostile header can make the product overflow.
        if (width > limits.MaxPixels / height || width > Array.MaxLength / 8 / height)
        {
            throw new InvalidDataException($"The {format} header claims {width} x {height} pixels, at most {Math.Min(limits.MaxPixels, Array.MaxLength / 8)} in all are allowed.");
        }
    }

    /// <summary>A text from a file for an error message: short, and in one line whatever it holds.</summary>
    public static string Printable(string text) => string.Concat(text.Take(64).Select(static c => c is >= ' ' and <= '~' ? c : '?'));

    /// <summary>The first bytes for an error message: as text where they are text, else in hexadecimal.</summary>
    public static string FirstBytes(ReadOnlySpan<byte> header)
    {
        ReadOnlySpan<byte> shown = header[..Math.Min(8, header.Length)];
        foreach (byte b in shown)
        {
            if (b is < 0x20 or > 0x7E)
            {
                return Convert.ToHexString(shown);
            }
        }

        return $"the text \"{System.Text.Encoding.ASCII.GetString(shown)}\"";
    }
}
