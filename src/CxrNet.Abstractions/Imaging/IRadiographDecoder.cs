namespace CxrNet;

/// <summary>Turns the bytes of an image file into samples. The only code that knows a file format.</summary>
/// <remarks>Safe for concurrent use.</remarks>
public interface IRadiographDecoder
{
    /// <summary>Whether the first bytes look like a format that this decoder reads.</summary>
    /// <param name="header">The first bytes of the file, 256 where the file has as many.</param>
    bool CanDecode(ReadOnlySpan<byte> header);

    /// <summary>Decodes one image.</summary>
    /// <param name="data">The whole file.</param>
    /// <param name="limits">What may be spent on it; <see cref="DecodeLimits.Default"/> where null.</param>
    /// <exception cref="InvalidDataException">The bytes are no image of a known format, are damaged, or go beyond the limits; the message says which, what was found and what was expected.</exception>
    DecodedImage Decode(ReadOnlyMemory<byte> data, DecodeLimits? limits = null);
}
