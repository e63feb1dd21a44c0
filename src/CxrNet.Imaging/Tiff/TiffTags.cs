namespace CxrNet.Imaging;

/// <summary>The tags of TIFF 6.0 that decide how pixels are read.</summary>
internal static class TiffTags
{
    public const int Width = 256, Height = 257, BitsPerSample = 258, Compression = 259, Photometric = 262, StripOffsets = 273, Orientation = 274, SamplesPerPixel = 277;
    public const int RowsPerStrip = 278, StripByteCounts = 279, PlanarConfiguration = 284, Predictor = 317, TileWidth = 322, TileHeight = 323, TileOffsets = 324, TileByteCounts = 325, SampleFormat = 339;
}
