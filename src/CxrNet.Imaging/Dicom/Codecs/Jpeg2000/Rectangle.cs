namespace CxrNet.Imaging.Dicom.Codecs.Jpeg2000;

/// <summary>A half-open area: X0 &lt;= x &lt; X1, Y0 &lt;= y &lt; Y1.</summary>
internal readonly record struct Rectangle(int X0, int Y0, int X1, int Y1)
{
    public int Width => X1 - X0;

    public int Height => Y1 - Y0;

    public bool IsEmpty => X1 <= X0 || Y1 <= Y0;

    /// <summary>The part of this area inside a cell of a grid of 2^<paramref name="log2Width"/> x 2^<paramref name="log2Height"/>.</summary>
    public Rectangle InCell(int column, int row, int log2Width, int log2Height) => new(
        (int)Math.Max(X0, (long)column << log2Width),
        (int)Math.Max(Y0, (long)row << log2Height),
        (int)Math.Min(X1, (column + 1L) << log2Width),
        (int)Math.Min(Y1, (row + 1L) << log2Height));

    /// <summary>The area with each coordinate c mapped to <c>ceil((c - offset) / 2^shift)</c> (ITU-T T.800 B-15).</summary>
    public Rectangle Reduced(int shift, long offsetX = 0, long offsetY = 0) =>
        new(Reduce(X0, offsetX, shift), Reduce(Y0, offsetY, shift), Reduce(X1, offsetX, shift), Reduce(Y1, offsetY, shift));

    private static int Reduce(int value, long offset, int shift) => (int)((value - offset + (1L << shift) - 1) >> shift);
}
