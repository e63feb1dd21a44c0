namespace CxrNet;

/// <summary>Where the lungs are: a probability for each pixel of the image.</summary>
/// <remarks>Immutable. It owns the array that it was given.</remarks>
public sealed class LungMask
{
    private readonly float[] _probabilities;

    /// <summary>Wraps a plane without copying it.</summary>
    /// <param name="width">Columns of the image, 1 or more.</param>
    /// <param name="height">Rows of the image, 1 or more.</param>
    /// <param name="probabilities">width x height values 0 … 1, row-major.</param>
    /// <param name="threshold">A pixel is lung where its probability is this or more.</param>
    /// <exception cref="ArgumentException">The number of values is not width x height.</exception>
    public LungMask(int width, int height, float[] probabilities, float threshold = 0.5f)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if (probabilities.Length != (long)width * height)
        {
            throw new ArgumentException($"{probabilities.Length} values given, {width} x {height} = {(long)width * height} expected.", nameof(probabilities));
        }

        Width = width;
        Height = height;
        _probabilities = probabilities;
        Threshold = threshold;
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>A pixel is lung where its probability is this or more.</summary>
    public float Threshold { get; }

    /// <summary>Row-major, width x height values 0 … 1.</summary>
    public ReadOnlySpan<float> Probabilities => _probabilities;

    /// <summary>Whether the pixel is lung.</summary>
    /// <param name="x">Column.</param>
    /// <param name="y">Row.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column or row.</exception>
    public bool this[int x, int y]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)x, (uint)Width, nameof(x));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)y, (uint)Height, nameof(y));
            return _probabilities[(y * Width) + x] >= Threshold;
        }
    }
}
