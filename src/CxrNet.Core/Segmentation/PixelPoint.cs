namespace CxrNet;

/// <summary>A corner of the pixel grid: (0, 0) is the image's upper left corner, (1, 1) the lower right corner of its first pixel.</summary>
/// <param name="X">Columns from the left.</param>
/// <param name="Y">Rows from the top.</param>
public readonly record struct PixelPoint(int X, int Y);
