namespace CxrNet.Imaging.Dicom.Codecs.Jpeg2000;

/// <summary>The states of a column of four samples (a stripe's height) in one word.</summary>
/// <remarks>
/// Bits 0 … 17: significance of the 3 x 6 samples in and around the column, three bits for each row from the row above on, so that
/// <c>word &gt;&gt; 3 * i</c> has the 3 x 3 neighbourhood of sample i in its low nine bits. Bits 18 … 23: signs of the column's six samples.
/// Bits 24 … 27: refined before. Bits 28 … 31: coded in this bit-plane's significance pass.
/// One test of the word skips four samples where nothing is significant near by, which most of a plane is.
/// </remarks>
internal static class BlockFlags
{
    public const uint Neighbours = 0b111_101_111;
    public const uint Self = 0b000_010_000;
    public const uint AnySignificant = (1u << 18) - 1;
    public const uint AllSelf = Self | Self << 3 | Self << 6 | Self << 9;
    public const uint StraightNeighbours = 0b010_101_010;
    public const int FirstSign = 18;
    public const int FirstRefined = 24;
    public const int FirstVisited = 28;
    public const uint AllVisited = 0xFu << FirstVisited;

    private const int AboveRow = 0;
    private const int BelowRow = 15;

    /// <summary>Tells a sample's neighbours that it has become significant.</summary>
    /// <param name="flags">Words of the block, a border of one word all around.</param>
    /// <param name="at">The word of the sample.</param>
    /// <param name="stride">Words from one stripe to the next.</param>
    /// <param name="i">The sample's row in its stripe.</param>
    /// <param name="sign">1 where it is negative.</param>
    /// <param name="tellAbove">False where the stripe above must not see this one (vertically causal contexts).</param>
    public static void SetSignificant(uint[] flags, int at, int stride, int i, uint sign, bool tellAbove)
    {
        Set(flags, at, 3 * (i + 1), FirstSign + 1 + i, sign);
        if (i == 0 && tellAbove)
        {
            Set(flags, at - stride, BelowRow, FirstSign + 5, sign);
        }
        else if (i == 3)
        {
            Set(flags, at + stride, AboveRow, FirstSign, sign);
        }
    }

    private static void Set(uint[] flags, int at, int row, int signBit, uint sign)
    {
        flags[at - 1] |= 4u << row;
        flags[at] |= 2u << row | sign << signBit;
        flags[at + 1] |= 1u << row;
    }
}
