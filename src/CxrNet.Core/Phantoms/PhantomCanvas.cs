namespace CxrNet;

/// <summary>Between pixels and the phantom's coordinates: the shorter side is -0.9 … 0.9, the longer one shows more of the surroundings.</summary>
internal readonly record struct PhantomCanvas(int Width, int Height)
{
    /// <summary>The side of a pixel.</summary>
    public double PixelSize => 1.8 / Math.Min(Width, Height);

    /// <summary>The centre of a pixel.</summary>
    public (double X, double Y) PointOf(int column, int row) =>
        ((column + 0.5 - (Width * 0.5)) * PixelSize, (row + 0.5 - (Height * 0.5)) * PixelSize);

    /// <summary>The pixel that a point lies in; the nearest one for a point outside.</summary>
    public (int Column, int Row) PixelOf(double x, double y) =>
        (Math.Clamp((int)Math.Floor((x / PixelSize) + (Width * 0.5)), 0, Width - 1),
         Math.Clamp((int)Math.Floor((y / PixelSize) + (Height * 0.5)), 0, Height - 1));
}
