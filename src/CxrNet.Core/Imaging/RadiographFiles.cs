namespace CxrNet;

/// <summary>Decoding from a path or a stream; the errors name the file.</summary>
public static class RadiographFiles
{
    /// <summary>Reads and decodes one file.</summary>
    /// <param name="decoder">Any decoder.</param>
    /// <param name="path">The file.</param>
    /// <param name="limits">What may be spent on it; <see cref="DecodeLimits.Default"/> where null.</param>
    /// <exception cref="InvalidDataException">The file is no image of a known format, is damaged, or goes beyond the limits; the message begins with its name.</exception>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    public static DecodedImage DecodeFile(this IRadiographDecoder decoder, string path, DecodeLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(decoder);
        ArgumentException.ThrowIfNullOrEmpty(path);
        limits ??= DecodeLimits.Default;
        try
        {
            if (Directory.Exists(path))
            {
                throw new InvalidDataException("This is a folder; an image file was expected.");
            }

            using FileStream file = File.OpenRead(path);
            return decoder.DecodeStream(file, limits);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"'{path}': {e.Message}", e);
        }
        catch (FileNotFoundException e)
        {
            throw new FileNotFoundException($"'{path}': there is no such file.", path, e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException($"'{path}': {e.Message}", e);
        }
    }

    /// <summary>Reads a stream to its end and decodes it.</summary>
    /// <param name="decoder">Any decoder.</param>
    /// <param name="stream">A readable stream; it is read from where it stands and left open.</param>
    /// <param name="limits">What may be spent on it; <see cref="DecodeLimits.Default"/> where null.</param>
    /// <exception cref="InvalidDataException">The bytes are no image of a known format, are damaged, or go beyond the limits.</exception>
    public static DecodedImage DecodeStream(this IRadiographDecoder decoder, Stream stream, DecodeLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(decoder);
        ArgumentNullException.ThrowIfNull(stream);
        limits ??= DecodeLimits.Default;
        return decoder.Decode(ReadAll(stream, limits), limits);
    }

    /// <summary>Reads a stream to its end without blocking and decodes it.</summary>
    /// <param name="decoder">Any decoder.</param>
    /// <param name="stream">A readable stream; it is read from where it stands and left open.</param>
    /// <param name="limits">What may be spent on it; <see cref="DecodeLimits.Default"/> where null.</param>
    /// <param name="cancellationToken">Stops reading; decoding is not interrupted.</param>
    /// <exception cref="InvalidDataException">The bytes are no image of a known format, are damaged, or go beyond the limits.</exception>
    public static async ValueTask<DecodedImage> DecodeStreamAsync(this IRadiographDecoder decoder, Stream stream, DecodeLimits? limits = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(decoder);
        ArgumentNullException.ThrowIfNull(stream);
        limits ??= DecodeLimits.Default;
        using BoundedBuffer buffer = new(limits);
        for (int n; (n = await stream.ReadAsync(buffer.Block, cancellationToken).ConfigureAwait(false)) > 0;)
        {
            buffer.Add(n);
        }

        return decoder.Decode(buffer.Bytes, limits);
    }

    private static ReadOnlyMemory<byte> ReadAll(Stream stream, DecodeLimits limits)
    {
        if (stream.CanSeek)
        {
            // A stream may stand beyond its end.
            long length = Math.Max(0, stream.Length - stream.Position);
            BoundedBuffer.CheckLength(length, limits);
            byte[] bytes = GC.AllocateUninitializedArray<byte>((int)length);
            int read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return bytes.AsMemory(0, read);
        }

        using BoundedBuffer buffer = new(limits);
        for (int n; (n = stream.Read(buffer.Block)) > 0;)
        {
            buffer.Add(n);
        }

        return buffer.Bytes;
    }
}
