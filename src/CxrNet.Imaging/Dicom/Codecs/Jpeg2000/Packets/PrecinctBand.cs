namespace CxrNet.Imaging.Dicom.Codecs.Jpeg2000;

/// <summary>The code-blocks of one subband in one precinct, in raster order, with their tag trees.</summary>
internal sealed class PrecinctBand
{
    private PrecinctBand(int width, int height, CodeBlock[] blocks)
    {
        Width = width;
        Blocks = blocks;
        Inclusion = new TagTree(width, height);
        MissingPlanes = new TagTree(width, height);
    }

    /// <summary>Code-blocks in a row.</summary>
    public int Width { get; }

    public CodeBlock[] Blocks { get; }

    public TagTree Inclusion { get; }

    public TagTree MissingPlanes { get; }

    /// <summary>Cuts an area of a subband into code-blocks (ITU-T T.800 B.7).</summary>
    public static PrecinctBand Create(Subband band, Rectangle area, int log2Width, int log2Height, ref int budget)
    {
        if (area.IsEmpty)
        {
            return new PrecinctBand(0, 0, []);
        }

        int firstColumn = area.X0 >> log2Width, firstRow = area.Y0 >> log2Height;
        int width = ((area.X1 - 1) >> log2Width) - firstColumn + 1;
        int height = ((area.Y1 - 1) >> log2Height) - firstRow + 1;
        TileComponent.Spend(ref budget, (long)width * height);
        CodeBlock[] blocks = new CodeBlock[width * height];
        for (int i = 0; i < blocks.Length; i++)
        {
            Rectangle cell = area.InCell(firstColumn + i % width, firstRow + i / width, log2Width, log2Height);
            blocks[i] = new CodeBlock(band, band.OffsetX + cell.X0 - band.Area.X0, band.OffsetY + cell.Y0 - band.Area.Y0, cell.Width, cell.Height);
        }

        return new PrecinctBand(width, height, blocks);
    }
}
