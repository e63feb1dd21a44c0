namespace CxrNet;

/// <summary>An explanation: one value per cell of a grid that covers a region of the image.</summary>
/// <remarks>Immutable. It owns the array that it was given. Magnitudes are kept: a map of zeros means "no evidence".</remarks>
public sealed class Heatmap
{
    /// <summary>The <see cref="Method"/> of a network's own map: <c>network</c>.</summary>
    public const string OwnMap = "network";

    private readonly float[] _values;

    /// <summary>Wraps a map without copying it.</summary>
    /// <param name="width">Columns of the grid.</param>
    /// <param name="height">Rows of the grid.</param>
    /// <param name="values">width x height values, row-major.</param>
    /// <param name="imageWidth">Columns of the image that is explained.</param>
    /// <param name="imageHeight">Rows of the image that is explained.</param>
    /// <param name="region">The part of the image that the grid covers; the whole image where null.</param>
    /// <exception cref="ArgumentException">The number of values is not width x height, or a side of the grid, the image or the region is not 1 or more.</exception>
    public Heatmap(int width, int height, float[] values, int imageWidth, int imageHeight, PixelRegion? region = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        if (values.Length != (long)width * height)
        {
            throw new ArgumentException($"{values.Length} values given, {width} x {height} = {(long)width * height} expected.", nameof(values));
        }

        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(imageWidth);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(imageHeight);
        PixelRegion covered = region ?? PixelRegion.Whole(imageWidth, imageHeight);
        if (covered.Width <= 0 || covered.Height <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(region), covered, $"A region of {covered.Width} x {covered.Height} given, 1 x 1 or more expected.");
        }

        Width = width;
        Height = height;
        _values = values;
        ImageWidth = imageWidth;
        ImageHeight = imageHeight;
        Region = covered;
    }

    /// <summary>Columns of the grid.</summary>
    public int Width { get; }

    /// <summary>Rows of the grid.</summary>
    public int Height { get; }

    /// <summary>Columns of the image that is explained.</summary>
    public int ImageWidth { get; }

    /// <summary>Rows of the image that is explained.</summary>
    public int ImageHeight { get; }

    /// <summary>The part of the image that the grid covers; it may reach beyond the image where the network's input was padded.</summary>
    public PixelRegion Region { get; }

    /// <summary>Row-major, width x height values; signed where <see cref="IsSigned"/>.</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>The method's short name, for example <c>rise</c>; empty by default. <c>network</c> is the network's own map, whose 0 means "no evidence"; what other unsigned maps have below them all is a floor.</summary>
    public string Method { get; init; } = "";

    /// <summary>Whether this is the network's own map, whose values 0 … 1 are shares of the image that it lets through: its 0 and its scale are its own, and two of them can be compared.</summary>
    public bool IsOwnMap => Method == OwnMap;

    /// <summary>The finding that is explained; null for a map that is the same for all findings.</summary>
    public string? Finding { get; init; }

    /// <summary>Whether negative values mean evidence against the finding.</summary>
    public bool IsSigned { get; init; }

    /// <summary>The same map under a name, where it has none yet.</summary>
    internal Heatmap Named(string method) => Method.Length > 0
        ? this
        : new Heatmap(Width, Height, _values, ImageWidth, ImageHeight, Region) { Method = method, Finding = Finding, IsSigned = IsSigned };
}
