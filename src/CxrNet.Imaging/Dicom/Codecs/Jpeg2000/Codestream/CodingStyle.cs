namespace CxrNet.Imaging.Dicom.Codecs.Jpeg2000;

/// <summary>How one component of a tile is transformed and cut up (the SPcod and SPcoc fields, ITU-T T.800 Table A.20).</summary>
/// <param name="Levels">Wavelet decompositions; there is one resolution more.</param>
/// <param name="Log2BlockWidth">Code-block width.</param>
/// <param name="Log2BlockHeight">Code-block height.</param>
/// <param name="BlockStyle">Coding of the blocks.</param>
/// <param name="IsReversible">The 5/3 integer wavelet; else the 9/7.</param>
/// <param name="PrecinctSizes">Per resolution: log2 width in the low nibble, log2 height in the high one.</param>
internal sealed record CodingStyle(int Levels, int Log2BlockWidth, int Log2BlockHeight, CodeBlockStyle BlockStyle, bool IsReversible, byte[] PrecinctSizes)
{
    private const int MaxLevels = 32;
    private const byte WholeResolution = 0xFF;

    /// <summary>Reads the fields from the number of levels on.</summary>
    public static CodingStyle Read(ref ByteFields fields, bool hasPrecincts)
    {
        int levels = fields.Byte();
        int width = fields.Byte() + 2, height = fields.Byte() + 2;
        int style = fields.Byte();
        int wavelet = fields.Byte();
        if (levels > MaxLevels || width > 10 || height > 10 || width + height > 12 || wavelet > 1)
        {
            throw Jpeg2000Decoder.Error($"{levels} levels, code-blocks of 2^{width} x 2^{height} and wavelet {wavelet} found; at most {MaxLevels}, 4096 samples and 1 expected.");
        }

        if ((style & ~(int)CodeBlockStyle.All) != 0)
        {
            throw Jpeg2000Decoder.Error($"code-block style 0x{style:X2} found, only those of part 1 (0x00 to 0x3F) are supported.");
        }

        byte[] precincts = new byte[levels + 1];
        for (int i = 0; i < precincts.Length; i++)
        {
            precincts[i] = hasPrecincts ? (byte)fields.Byte() : WholeResolution;
            if (i > 0 && ((precincts[i] & 15) == 0 || precincts[i] >> 4 == 0))
            {
                throw Jpeg2000Decoder.Error($"precincts of one sample at resolution {i} found, at least two expected.");
            }
        }

        return new CodingStyle(levels, width, height, (CodeBlockStyle)style, wavelet == 1, precincts);
    }
}
