namespace CxrNet.Imaging.Dicom.Codecs.Jpeg2000;

/// <summary>The contexts of the coding passes (ITU-T T.800 D.3), as tables over the bits of <see cref="BlockFlags"/>.</summary>
internal static class BlockContexts
{
    public const int Count = 19;
    public const int FirstRefinement = 14;
    public const int FirstRefinementNearSignificant = 15;
    public const int LaterRefinement = 16;
    public const int RunLength = 17;
    public const int Uniform = 18;

    private const int FirstSign = 9;

    // The states that contexts begin in (Table D.7), times two: the more probable symbol is 0.
    private const byte ZeroNeighboursState = 2 * 4;
    private const byte RunLengthState = 2 * 3;
    private const byte UniformState = 2 * 46;

    private static readonly byte[][] ZeroCoding = [.. Enumerable.Range(0, 4).Select(static orientation => MakeZeroCoding((BandOrientation)orientation))];

    /// <summary>By <c>N, W, E, S sign at bits 0, 2, 4, 6 and their significance at bits 1, 3, 5, 7</c>: the context, and at bit 7 whether the sign is flipped (Tables D.2, D.3).</summary>
    public static readonly byte[] Sign = MakeSign();

    /// <summary>By the nine significance bits around a sample: the context of zero coding (Table D.1).</summary>
    public static byte[] ForZeroCoding(BandOrientation orientation) => ZeroCoding[(int)orientation];

    /// <summary>Sets all contexts to their start.</summary>
    public static void Reset(Span<byte> states)
    {
        states.Clear();
        states[0] = ZeroNeighboursState;
        states[RunLength] = RunLengthState;
        states[Uniform] = UniformState;
    }

    private static byte[] MakeZeroCoding(BandOrientation orientation)
    {
        byte[] table = new byte[512];
        for (int i = 0; i < table.Length; i++)
        {
            int horizontal = (i >> 3 & 1) + (i >> 5 & 1);
            int vertical = (i >> 1 & 1) + (i >> 7 & 1);
            int diagonal = (i & 1) + (i >> 2 & 1) + (i >> 6 & 1) + (i >> 8 & 1);
            table[i] = orientation switch
            {
                BandOrientation.HighHigh => DiagonalFirst(diagonal, horizontal + vertical),
                BandOrientation.HighLow => AlongFirst(vertical, horizontal, diagonal),
                _ => AlongFirst(horizontal, vertical, diagonal),
            };
        }

        return table;
    }

    private static byte AlongFirst(int along, int across, int diagonal) => (along, across, diagonal) switch
    {
        (2, _, _) => 8,
        (1, > 0, _) => 7,
        (1, 0, > 0) => 6,
        (1, 0, 0) => 5,
        (0, 2, _) => 4,
        (0, 1, _) => 3,
        (0, 0, > 1) => 2,
        (0, 0, 1) => 1,
        _ => 0,
    };

    private static byte DiagonalFirst(int diagonal, int straight) => (byte)(diagonal switch
    {
        0 => Math.Min(straight, 2),
        1 => 3 + Math.Min(straight, 2),
        2 => 6 + Math.Min(straight, 1),
        _ => 8,
    });

    private static byte[] MakeSign()
    {
        byte[] table = new byte[256];
        for (int i = 0; i < table.Length; i++)
        {
            int horizontal = Math.Clamp(Contribution(i >> 2) + Contribution(i >> 4), -1, 1);
            int vertical = Math.Clamp(Contribution(i) + Contribution(i >> 6), -1, 1);
            bool flips = horizontal < 0 || (horizontal == 0 && vertical < 0);
            int context = (flips ? -horizontal : horizontal, flips ? -vertical : vertical) switch
            {
                (1, 1) => 4,
                (1, 0) => 3,
                (1, _) => 2,
                (_, 1) => 1,
                _ => 0,
            };
            table[i] = (byte)(FirstSign + context | (flips ? 0x80 : 0));
        }

        return table;

        static int Contribution(int bits) => (bits & 2) == 0 ? 0 : (bits & 1) == 0 ? 1 : -1;
    }
}
