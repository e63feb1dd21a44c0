namespace CxrNet.Imaging;

/// <summary>A Huffman table (T.81, annex C) in two steps: most codes are found by their first bits, together with the number behind them where that fits too.</summary>
internal sealed class GrayJpegTable
{
    /// <summary>Bits of the first look.</summary>
    public const int FastBits = 11;

    private GrayJpegTable()
    {
    }

    /// <summary>By the next 11 bits: the number (bits 16 and up), the zeros before it (bits 8 to 15), the bits of code and number together (bits 0 to 7); 0 where they do not fit.</summary>
    public int[] Fast { get; } = new int[1 << FastBits];

    /// <summary>By the next 16 bits: the code's length (bits 8 and up) and its symbol; 0 where no code begins so.</summary>
    public ushort[] Whole { get; } = new ushort[1 << 16];

    /// <summary>Builds a table from its definition, 16 counts and then the symbols; null where it has more codes than fit.</summary>
    public static GrayJpegTable? Build(ReadOnlySpan<byte> definition)
    {
        GrayJpegTable table = new();
        ReadOnlySpan<byte> symbols = definition[16..];
        for (int length = 1, next = 0, symbol = 0; length <= 16; length++)
        {
            int span = 1 << (16 - length);
            for (int i = 0; i < definition[length - 1]; i++, symbol++, next += span)
            {
                // The code of ones alone is reserved, T.81 C.2.
                if (next + span >= 1 << 16)
                {
                    return null;
                }

                table.Whole.AsSpan(next, span).Fill((ushort)((length << 8) | symbols[symbol]));
            }
        }

        table.FillFast();
        return table;
    }

    private void FillFast()
    {
        for (int bits = 0; bits < Fast.Length; bits++)
        {
            int entry = Whole[bits << (16 - FastBits)], length = entry >> 8, zeros = (entry >> 4) & 15, size = entry & 15;
            if (entry == 0 || size == 0 || length + size > FastBits)
            {
                continue;
            }

            int number = (bits >> (FastBits - length - size)) & ((1 << size) - 1);
            number = number < 1 << (size - 1) ? number - (1 << size) + 1 : number;
            Fast[bits] = (number << 16) | (zeros << 8) | (length + size);
        }
    }
}
