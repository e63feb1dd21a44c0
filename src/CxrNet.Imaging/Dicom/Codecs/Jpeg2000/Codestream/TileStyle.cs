namespace CxrNet.Imaging.Dicom.Codecs.Jpeg2000;

/// <summary>What all components of a tile share (the SGcod fields, ITU-T T.800 Table A.14).</summary>
internal readonly record struct TileStyle(ProgressionOrder Order, int Layers, bool HasComponentTransform)
{
    public static TileStyle Read(ref ByteFields fields)
    {
        ProgressionOrder order = ReadOrder(ref fields);
        int layers = fields.UInt16();
        int transform = fields.Byte();
        return layers > 0 && transform <= 1
            ? new TileStyle(order, layers, transform == 1)
            : throw Jpeg2000Decoder.Error($"{layers} layers and component transform {transform} found; 1 to 65535 and 0 or 1 expected.");
    }

    public static ProgressionOrder ReadOrder(ref ByteFields fields)
    {
        int order = fields.Byte();
        return order <= (int)ProgressionOrder.ComponentPosition
            ? (ProgressionOrder)order
            : throw Jpeg2000Decoder.Error($"progression order {order} found, 0 to 4 expected.");
    }
}
