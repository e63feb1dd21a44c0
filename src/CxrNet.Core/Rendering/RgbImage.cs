namespace CxrNet;

/// <summary>A colour picture of 8 bits per channel.</summary>
/// <remarks>It owns the array that it was given.</remarks>
public sealed class RgbImage
{
    /// <summary>Wraps a picture without copying it.</summary>
    /// <param name="width">Columns, 1 or more.</param>
    /// <param name="height">Rows, 1 or more.</param>
    /// <param name="rgb">3 x width x height bytes, row-major, red, green, blue interleaved.</param>
    /// <exception cref="ArgumentException">The number of bytes is not 3 x width x height.</exception>
    public RgbImage(int width, int height, byte[] rgb)
    {
        ArgumentNullException.ThrowIfNull(rgb);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if (rgb.Length != 3L * width * height)
        {
            throw new ArgumentException($"{rgb.Length} bytes given, 3 x {width} x {height} = {3L * width * height} expected.", nameof(rgb));
        }

        Width = width;
        Height = height;
        Rgb = rgb;
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>3 x width x height bytes, row-major, red, green, blue interleaved.</summary>
    public byte[] Rgb { get; }
}
