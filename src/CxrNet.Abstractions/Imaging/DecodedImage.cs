using System.Runtime.InteropServices;

namespace CxrNet;

/// <summary>What a decoder hands over: samples as stored, and what is needed to show them. Nothing is scaled, windowed or inverted yet.</summary>
/// <remarks>Immutable. It owns the memory that it was given.</remarks>
public sealed class DecodedImage
{
    /// <summary>Wraps decoded samples without copying them.</summary>
    /// <param name="width">Columns, 1 or more.</param>
    /// <param name="height">Rows, 1 or more.</param>
    /// <param name="format">How one sample lies in memory.</param>
    /// <param name="photometric">What the samples mean; three channels per pixel for <see cref="PhotometricMeaning.Rgb"/>, one otherwise.</param>
    /// <param name="samples">Row-major, channels interleaved, no padding between rows.</param>
    /// <param name="bitsStored">Meaningful bits per sample, 1 to 16: 8 for a JPEG, 12 for most radiographs.</param>
    /// <exception cref="ArgumentException">The number of bytes is not the one that the dimensions ask for.</exception>
    public DecodedImage(int width, int height, SampleFormat format, PhotometricMeaning photometric, ReadOnlyMemory<byte> samples, int bitsStored)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfLessThan(bitsStored, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bitsStored, format == SampleFormat.UInt8 ? 8 : 16);
        int channels = photometric == PhotometricMeaning.Rgb ? 3 : 1;
        long expected = (long)width * height * channels * (format == SampleFormat.UInt8 ? 1 : 2);
        if (samples.Length != expected)
        {
            throw new ArgumentException($"{samples.Length} bytes given, {width} x {height} pixels of {channels} {format} samples = {expected} expected.", nameof(samples));
        }

        Width = width;
        Height = height;
        Format = format;
        Photometric = photometric;
        Channels = channels;
        Samples = samples;
        BitsStored = bitsStored;
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Samples per pixel: 1 or 3.</summary>
    public int Channels { get; }

    /// <summary>How one sample lies in memory.</summary>
    public SampleFormat Format { get; }

    /// <summary>What the samples mean.</summary>
    public PhotometricMeaning Photometric { get; }

    /// <summary>Meaningful bits per sample, 1 to 16.</summary>
    public int BitsStored { get; }

    /// <summary>The samples as stored: row-major, channels interleaved.</summary>
    public ReadOnlyMemory<byte> Samples { get; }

    /// <summary>How stored values become grey; by default their whole range, 0 to 2^bits - 1, becomes 0 to 1.</summary>
    public DisplayTransform Display { get; init; } = DisplayTransform.FullRange;

    /// <summary>What the header says of the radiograph.</summary>
    public RadiographInfo Info { get; init; } = RadiographInfo.Unknown;

    /// <summary>The samples of a two-byte format as unsigned values; reinterpret as <see cref="short"/> for <see cref="SampleFormat.Int16"/>.</summary>
    /// <exception cref="InvalidOperationException">The format is <see cref="SampleFormat.UInt8"/>.</exception>
    public ReadOnlySpan<ushort> Samples16 => Format != SampleFormat.UInt8
        ? MemoryMarshal.Cast<byte, ushort>(Samples.Span)
        : throw new InvalidOperationException("The samples are UInt8; read Samples.");
}
