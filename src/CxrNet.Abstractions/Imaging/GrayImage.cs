namespace CxrNet;

/// <summary>A grey plane: row-major, 0 = black … 1 = white. The one image type that classifiers, segmenters and maps accept.</summary>
/// <remarks>Immutable once made, so safe to share between threads. It owns the array that it was given; nobody writes to it afterwards.</remarks>
public sealed class GrayImage
{
    private readonly float[] _pixels;

    /// <summary>Wraps a plane without copying it.</summary>
    /// <param name="width">Columns, 1 or more.</param>
    /// <param name="height">Rows, 1 or more.</param>
    /// <param name="pixels">width x height values, row-major; the image takes them over.</param>
    /// <param name="info">What the file's header says of the radiograph, if it says anything.</param>
    /// <exception cref="ArgumentException">The number of pixels is not width x height.</exception>
    public GrayImage(int width, int height, float[] pixels, RadiographInfo? info = null)
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
        Info = info ?? RadiographInfo.Unknown;
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>The plane, row-major, width x height values, 0 = black … 1 = white.</summary>
    public ReadOnlySpan<float> Pixels => _pixels;

    /// <summary>The plane for code that must hold on to it, as an iterator or an async method does.</summary>
    public ReadOnlyMemory<float> Memory => _pixels;

    /// <summary>What the file's header says of the radiograph; <see cref="RadiographInfo.Unknown"/> where it says nothing.</summary>
    public RadiographInfo Info { get; }
}
