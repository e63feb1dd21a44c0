namespace CxrNet.Imaging.Dicom.Codecs.Jpeg2000;

/// <summary>The probability states of the MQ coder (ITU-T T.800 Table C.2), flattened.</summary>
/// <remarks>
/// Index <c>2 * state + more probable symbol</c>; an entry is <c>Qe | next index after MPS &lt;&lt; 16 | next index after LPS &lt;&lt; 24</c>,
/// so that one look-up has the estimate and both successors, the exchange of symbols included.
/// </remarks>
internal static class MqStates
{
    private static readonly (ushort Qe, byte NextMps, byte NextLps, bool Switch)[] Standard =
    [
        (0x5601, 1, 1, true), (0x3401, 2, 6, false), (0x1801, 3, 9, false), (0x0AC1, 4, 12, false), (0x0521, 5, 29, false), (0x0221, 38, 33, false),
        (0x5601, 7, 6, true), (0x5401, 8, 14, false), (0x4801, 9, 14, false), (0x3801, 10, 14, false), (0x3001, 11, 17, false), (0x2401, 12, 18, false),
        (0x1C01, 13, 20, false), (0x1601, 29, 21, false), (0x5601, 15, 14, true), (0x5401, 16, 14, false), (0x5101, 17, 15, false), (0x4801, 18, 16, false),
        (0x3801, 19, 17, false), (0x3401, 20, 18, false), (0x3001, 21, 19, false), (0x2801, 22, 19, false), (0x2401, 23, 20, false), (0x2201, 24, 21, false),
        (0x1C01, 25, 22, false), (0x1801, 26, 23, false), (0x1601, 27, 24, false), (0x1401, 28, 25, false), (0x1201, 29, 26, false), (0x1101, 30, 27, false),
        (0x0AC1, 31, 28, false), (0x09C1, 32, 29, false), (0x08A1, 33, 30, false), (0x0521, 34, 31, false), (0x0441, 35, 32, false), (0x02A1, 36, 33, false),
        (0x0221, 37, 34, false), (0x0141, 38, 35, false), (0x0111, 39, 36, false), (0x0085, 40, 37, false), (0x0049, 41, 38, false), (0x0025, 42, 39, false),
        (0x0015, 43, 40, false), (0x0009, 44, 41, false), (0x0005, 45, 42, false), (0x0001, 45, 43, false), (0x5601, 46, 46, false),
    ];

    /// <summary>The flattened table.</summary>
    public static readonly uint[] Table = Flatten();

    private static uint[] Flatten()
    {
        uint[] table = new uint[2 * Standard.Length];
        for (int i = 0; i < table.Length; i++)
        {
            (ushort qe, byte nextMps, byte nextLps, bool switches) = Standard[i >> 1];
            uint symbol = (uint)i & 1;
            uint mps = 2u * nextMps + symbol;
            uint lps = 2u * nextLps + (switches ? 1 - symbol : symbol);
            table[i] = qe | mps << 16 | lps << 24;
        }

        return table;
    }
}
