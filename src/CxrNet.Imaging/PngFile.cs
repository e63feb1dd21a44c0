namespace CxrNet.Imaging;

/// <summary>Writes pictures as PNG, 8 bits per sample.</summary>
/// <remarks>Each file is written under a temporary name beside its own and then renamed, so that nobody sees half a file.</remarks>
public static class PngFile
{
    /// <summary>Writes a colour picture.</summary>
    /// <param name="path">The file; replaced where it exists.</param>
    /// <param name="rgb">width x height x 3 bytes, row-major: red, green, blue.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="texts">Keyword and text pairs for the file's tEXt chunks, Latin-1, keywords of 1 to 79 characters; none where null.</param>
    /// <exception cref="ArgumentException">The number of bytes is not width x height x 3, or a keyword or text is none that a chunk can hold.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void WriteRgb(string path, ReadOnlySpan<byte> rgb, int width, int height, IReadOnlyDictionary<string, string>? texts = null) =>
        WriteSamples(path, rgb, width, height, 3, texts);

    /// <summary>Writes a colour picture.</summary>
    /// <param name="path">The file; replaced where it exists.</param>
    /// <param name="image">The picture.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        WriteSamples(path, image.Rgb, image.Width, image.Height, 3, null);
    }

    /// <summary>Writes a grey picture: byte = floor(255 x value + 0.5), clamped.</summary>
    /// <param name="path">The file; replaced where it exists.</param>
    /// <param name="image">The picture.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, GrayImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        WriteSamples(path, Bytes(image), image.Width, image.Height, 1, null);
    }

    /// <summary>Writes a colour picture to a stream, for a service that keeps no files.</summary>
    /// <param name="stream">It need not seek; left open.</param>
    /// <param name="image">The picture.</param>
    public static void Write(Stream stream, RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(image);
        PngWriter.Write(stream, image.Rgb, image.Width, image.Height, 3, null);
    }

    /// <summary>Writes a grey picture to a stream: byte = floor(255 x value + 0.5), clamped.</summary>
    /// <param name="stream">It need not seek; left open.</param>
    /// <param name="image">The picture.</param>
    public static void Write(Stream stream, GrayImage image)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(image);
        PngWriter.Write(stream, Bytes(image), image.Width, image.Height, 1, null);
    }

    /// <summary>Writes a plane of bytes as a grey picture, for example a mask of 0 and 255.</summary>
    /// <param name="path">The file; replaced where it exists.</param>
    /// <param name="grey">width x height bytes, row-major.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="texts">Keyword and text pairs for the file's tEXt chunks, Latin-1, keywords of 1 to 79 characters; none where null.</param>
    /// <exception cref="ArgumentException">The number of bytes is not width x height, or a keyword or text is none that a chunk can hold.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void WriteGrey(string path, ReadOnlySpan<byte> grey, int width, int height, IReadOnlyDictionary<string, string>? texts = null) =>
        WriteSamples(path, grey, width, height, 1, texts);

    private static byte[] Bytes(GrayImage image)
    {
        byte[] grey = new byte[image.Pixels.Length];
        for (int i = 0; i < grey.Length; i++)
        {
            grey[i] = (byte)Math.Clamp((255f * image.Pixels[i]) + 0.5f, 0f, 255f);
        }

        return grey;
    }

    private static void WriteSamples(string path, ReadOnlySpan<byte> samples, int width, int height, int channels, IReadOnlyDictionary<string, string>? texts)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if (samples.Length != (long)width * height * channels)
        {
            throw new ArgumentException($"{samples.Length} bytes given, {width} x {height} x {channels} = {(long)width * height * channels} expected.", nameof(samples));
        }

        PngWriter.CheckTexts(texts, nameof(texts));
        using AtomicFile file = AtomicFile.Create(path);
        PngWriter.Write(file.Stream, samples, width, height, channels, texts);
        file.Commit();
    }
}
