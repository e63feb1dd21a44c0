namespace CxrNet.Imaging.Dicom.Codecs.JpegDct;

/// <summary>One component of a sequential JPEG frame: its place in the header, and its plane of samples in whole blocks.</summary>
internal sealed class DctComponent(byte id, int horizontal, int vertical, int quantTable)
{
    public byte Id => id;

    public int Horizontal => horizontal;

    public int Vertical => vertical;

    public int QuantTable => quantTable;

    /// <summary>Columns that carry picture; T.81, A.1.1.</summary>
    public int Width { get; private set; }

    /// <summary>Rows that carry picture.</summary>
    public int Height { get; private set; }

    /// <summary>Blocks in a row of the plane, padded to whole coding units.</summary>
    public int BlocksPerRow { get; private set; }

    /// <summary>The plane, BlocksPerRow x 8 samples a row.</summary>
    public ushort[] Plane { get; private set; } = [];

    public int Stride => BlocksPerRow * 8;

    public void Allocate(int width, int height, int maxHorizontal, int maxVertical)
    {
        Width = ((width * horizontal) + maxHorizontal - 1) / maxHorizontal;
        Height = ((height * vertical) + maxVertical - 1) / maxVertical;
        BlocksPerRow = (width + (8 * maxHorizontal) - 1) / (8 * maxHorizontal) * horizontal;
        int blockRows = (height + (8 * maxVertical) - 1) / (8 * maxVertical) * vertical;
        Plane = new ushort[BlocksPerRow * 8 * blockRows * 8];
    }
}
