namespace CxrNet.Imaging.Dicom.Codecs.Jpeg2000;

/// <summary>The SIZ segment (ITU-T T.800 A.5.1): the image and its tiles on the reference grid.</summary>
internal sealed record ImageSize(Rectangle Image, int TileX0, int TileY0, int TileWidth, int TileHeight, int Components, int Precision, bool IsSigned)
{
    private const int MaxTiles = 65535;
    private const int MaxPrecision = 16;

    public int TilesWide { get; } = (int)(((long)Image.X1 - TileX0 + TileWidth - 1) / TileWidth);

    public int TilesHigh { get; } = (int)(((long)Image.Y1 - TileY0 + TileHeight - 1) / TileHeight);

    public int Tiles => TilesWide * TilesHigh;

    /// <summary>Reads and checks the segment's body.</summary>
    public static ImageSize Read(ReadOnlySpan<byte> body, StreamBounds bounds)
    {
        ByteFields fields = new(body, "SIZ");
        fields.UInt16();   // capabilities: what a decoder cannot do shows in the segments that it meets
        int x1 = Coordinate(fields.UInt32()), y1 = Coordinate(fields.UInt32());
        int x0 = Coordinate(fields.UInt32()), y0 = Coordinate(fields.UInt32());
        int tileWidth = (int)Math.Min(fields.UInt32(), int.MaxValue), tileHeight = (int)Math.Min(fields.UInt32(), int.MaxValue);
        int tileX0 = Coordinate(fields.UInt32()), tileY0 = Coordinate(fields.UInt32());
        int components = fields.UInt16();
        Codestream.CheckSize(Jpeg2000Decoder.Name, (long)x1 - x0, (long)y1 - y0, components, bounds);
        if (tileWidth == 0 || tileHeight == 0 || tileX0 > x0 || tileY0 > y0 || (long)tileX0 + tileWidth <= x0 || (long)tileY0 + tileHeight <= y0)
        {
            throw Jpeg2000Decoder.Error($"tiles of {tileWidth} x {tileHeight} from ({tileX0}, {tileY0}) do not cover an image from ({x0}, {y0}).");
        }

        long tiles = (((long)x1 - tileX0 + tileWidth - 1) / tileWidth) * (((long)y1 - tileY0 + tileHeight - 1) / tileHeight);
        if (tiles > MaxTiles)
        {
            throw Jpeg2000Decoder.Error($"{tiles} tiles declared, at most {MaxTiles} can be named.");
        }

        int depth = ReadDepths(ref fields, components);
        return new ImageSize(new Rectangle(x0, y0, x1, y1), tileX0, tileY0, tileWidth, tileHeight, components, (depth & 0x7F) + 1, depth >= 0x80);
    }

    /// <summary>The area of one tile on the reference grid (B.3).</summary>
    public Rectangle TileArea(int tile)
    {
        long left = TileX0 + (long)(tile % TilesWide) * TileWidth;
        long top = TileY0 + (long)(tile / TilesWide) * TileHeight;
        return new Rectangle(
            (int)Math.Max(left, Image.X0),
            (int)Math.Max(top, Image.Y0),
            (int)Math.Min(left + TileWidth, Image.X1),
            (int)Math.Min(top + TileHeight, Image.Y1));
    }

    private static int ReadDepths(ref ByteFields fields, int components)
    {
        int depth = 0;
        for (int i = 0; i < components; i++)
        {
            int own = fields.Byte(), stepX = fields.Byte(), stepY = fields.Byte();
            depth = i == 0 ? own : depth;
            if (own != depth || (own & 0x7F) >= MaxPrecision || stepX != 1 || stepY != 1)
            {
                throw Jpeg2000Decoder.Error($"component {i} has depth code 0x{own:X2} and steps {stepX} x {stepY}; one depth of at most {MaxPrecision} bits and steps 1 x 1 are supported.");
            }
        }

        return depth;
    }

    private static int Coordinate(uint value) => value <= int.MaxValue
        ? (int)value
        : throw Jpeg2000Decoder.Error($"the coordinate {value} is over {int.MaxValue}.");
}
