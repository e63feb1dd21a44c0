namespace CxrNet.Evaluation;

/// <summary>A yes or no for each pixel.</summary>
/// <remarks>Immutable. It owns the array that it was given.</remarks>
public sealed class BinaryMask
{
    private readonly bool[] _pixels;

    /// <summary>Wraps a plane without copying it.</summary>
    /// <param name="width">Columns, 1 or more.</param>
    /// <param name="height">Rows, 1 or more.</param>
    /// <param name="pixels">width x height values, row-major.</param>
    /// <exception cref="ArgumentException">The number of values is not width x height.</exception>
    public BinaryMask(int width, int height, bool[] pixels)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if (pixels.Length != (long)width * height)
        {
            throw new ArgumentException($"{pixels.Length} pixels given, {width} x {height} = {(long)width * height} expected.", nameof(pixels));
        }

        Width = width;
        Height = height;
        _pixels = pixels;
        Count = pixels.Count(p => p);
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>How many pixels are set.</summary>
    public int Count { get; }

    /// <summary>Row-major, width x height values.</summary>
    public ReadOnlySpan<bool> Pixels => _pixels;

    /// <summary>Whether the pixel is set.</summary>
    /// <param name="x">Column.</param>
    /// <param name="y">Row.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column or row.</exception>
    public bool this[int x, int y]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)x, (uint)Width, nameof(x));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)y, (uint)Height, nameof(y));
            return _pixels[(y * Width) + x];
        }
    }

    /// <summary>The pixels of a lung mask that reach its threshold.</summary>
    public static BinaryMask From(LungMask mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        return AtLeast(mask.Width, mask.Height, mask.Probabilities, mask.Threshold);
    }

    /// <summary>The pixels that reach a threshold.</summary>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    /// <param name="values">width x height values, row-major.</param>
    /// <param name="threshold">A pixel is set where its value is this or more; NaN never is.</param>
    public static BinaryMask AtLeast(int width, int height, ReadOnlySpan<float> values, float threshold)
    {
        bool[] pixels = new bool[values.Length];
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = values[i] >= threshold;
        }

        return new BinaryMask(width, height, pixels);
    }

    internal void RequireSameSize(BinaryMask other, string parameter)
    {
        ArgumentNullException.ThrowIfNull(other, parameter);
        if (other.Width != Width || other.Height != Height)
        {
            throw new ArgumentException($"A mask of {other.Width} x {other.Height} given, {Width} x {Height} expected.", parameter);
        }
    }
}
