namespace CxrNet.Imaging.Dicom.Codecs.Jpeg2000;

/// <summary>One component of one tile, cut into resolutions, precincts and code-blocks (ITU-T T.800 Annex B).</summary>
internal sealed record TileComponent(Rectangle Area, CodingStyle Style, int RoiShift, Resolution[] Resolutions)
{
    /// <summary>Most precincts and code-blocks of a tile: far above what any real file has, far below what would exhaust memory.</summary>
    public const int MaxParts = 1 << 20;

    /// <summary>All code-blocks that got data.</summary>
    public IEnumerable<CodeBlock> CodedBlocks =>
        from resolution in Resolutions
        from precinct in resolution.Precincts
        from band in precinct.Bands
        from block in band.Blocks
        where block.Passes > 0
        select block;

    /// <summary>Cuts the area up; <paramref name="budget"/> counts down the parts that the tile may still have.</summary>
    public static TileComponent Create(int index, Rectangle area, int precision, CodingParameters parameters, ref int budget)
    {
        CodingStyle style = parameters.Style(index);
        SubbandFactory bands = new(area, style, parameters.Quantization(index), parameters.RoiShift(index), precision);
        Resolution[] resolutions = new Resolution[style.Levels + 1];
        for (int r = 0; r <= style.Levels; r++)
        {
            Rectangle reduced = area.Reduced(style.Levels - r);
            resolutions[r] = new Resolution(reduced, CreatePrecincts(index, r, area, reduced, bands.Create(r), style, ref budget));
        }

        return new TileComponent(area, style, parameters.RoiShift(index), resolutions);
    }

    /// <summary>Counts parts against the tile's budget before they are allocated.</summary>
    public static void Spend(ref int budget, long parts) => budget = parts <= budget
        ? budget - (int)parts
        : throw Jpeg2000Decoder.Error($"a tile is cut into more than {MaxParts} precincts and code-blocks.");

    private static Precinct[] CreatePrecincts(int component, int r, Rectangle tile, Rectangle area, Subband[] bands, CodingStyle style, ref int budget)
    {
        if (area.IsEmpty)
        {
            return [];
        }

        int log2Width = style.PrecinctSizes[r] & 15, log2Height = style.PrecinctSizes[r] >> 4;
        int firstColumn = area.X0 >> log2Width, firstRow = area.Y0 >> log2Height;
        int width = ((area.X1 - 1) >> log2Width) - firstColumn + 1;
        int height = ((area.Y1 - 1) >> log2Height) - firstRow + 1;
        Spend(ref budget, (long)width * height);
        Precinct[] precincts = new Precinct[width * height];

        // A subband of a resolution above the lowest has half its sides (B.7).
        int half = r > 0 ? 1 : 0;
        int bandWidth = log2Width - half, bandHeight = log2Height - half;
        int blockWidth = Math.Min(style.Log2BlockWidth, bandWidth), blockHeight = Math.Min(style.Log2BlockHeight, bandHeight);
        int scale = style.Levels - r;
        for (int i = 0; i < precincts.Length; i++)
        {
            int column = firstColumn + i % width, row = firstRow + i / width;
            PrecinctBand[] parts = new PrecinctBand[bands.Length];
            for (int b = 0; b < bands.Length; b++)
            {
                parts[b] = PrecinctBand.Create(bands[b], bands[b].Area.InCell(column, row, bandWidth, bandHeight), blockWidth, blockHeight, ref budget);
            }

            // Its first sample on the reference grid; what begins outside the tile is met at the tile's edge (B.12.1.3).
            int x = (int)Math.Clamp((long)column << log2Width << scale, tile.X0, tile.X1);
            int y = (int)Math.Clamp((long)row << log2Height << scale, tile.Y0, tile.Y1);
            precincts[i] = new Precinct(component, r, i, x, y, parts);
        }

        return precincts;
    }
}
