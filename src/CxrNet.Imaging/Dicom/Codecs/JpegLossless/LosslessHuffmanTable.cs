namespace CxrNet.Imaging.Dicom.Codecs.JpegLossless;

/// <summary>A Huffman table of difference categories (ITU-T T.81 Annex C), flattened for look-up.</summary>
/// <remarks>An entry is <c>code length &lt;&lt; 8 | category</c>; 0 where no code begins so.</remarks>
internal sealed class LosslessHuffmanTable
{
    /// <summary>Codes up to this length are found in a table that stays in the first-level cache.</summary>
    public const int ShortBits = 10;

    private const int MaxCategory = 16;

    private readonly ushort[] _short = new ushort[1 << ShortBits];
    private readonly ushort[] _long = new ushort[1 << 16];

    private LosslessHuffmanTable()
    {
    }

    /// <summary>Indexed by the next <see cref="ShortBits"/> bits.</summary>
    public ReadOnlySpan<ushort> Short => _short;

    /// <summary>Indexed by the next 16 bits.</summary>
    public ReadOnlySpan<ushort> Long => _long;

    /// <summary>Puts the definition of every table of one DHT segment into its slot; only what a scan uses is built.</summary>
    public static void ReadAll(ReadOnlySpan<byte> body, byte[]?[] slots)
    {
        while (!body.IsEmpty)
        {
            int slot = body[0];
            if (slot >= slots.Length || body.Length < 17)
            {
                throw JpegLosslessDecoder.Error($"Huffman table 0x{slot:X2} with {body.Length} bytes found, classes of 0 and slots 0 to 3 with at least 17 bytes expected.");
            }

            ReadOnlySpan<byte> counts = body.Slice(1, 16);
            int total = 0;
            foreach (byte count in counts)
            {
                total += count;
            }

            if (total > body.Length - 17)
            {
                throw JpegLosslessDecoder.Error($"a Huffman table lists {total} codes, {body.Length - 17} bytes are left for them.");
            }

            slots[slot] = body.Slice(1, 16 + total).ToArray();
            body = body[(17 + total)..];
        }
    }

    /// <summary>Builds a table from its definition: 16 counts, then the categories.</summary>
    public static LosslessHuffmanTable Build(ReadOnlySpan<byte> definition)
    {
        ReadOnlySpan<byte> counts = definition[..16];
        ReadOnlySpan<byte> categories = definition[16..];
        LosslessHuffmanTable table = new();
        int next = 0;       // first 16-bit prefix that no code has taken yet
        int symbol = 0;
        for (int length = 1; length <= 16; length++)
        {
            int span = 1 << (16 - length);
            for (int i = 0; i < counts[length - 1]; i++, symbol++, next += span)
            {
                if (categories[symbol] > MaxCategory || next + span > 1 << 16)
                {
                    throw JpegLosslessDecoder.Error($"a Huffman table has more codes than fit, or category {categories[symbol]} over {MaxCategory}.");
                }

                ushort entry = (ushort)(length << 8 | categories[symbol]);
                table._long.AsSpan(next, span).Fill(entry);
                if (length <= ShortBits)
                {
                    table._short.AsSpan(next >> (16 - ShortBits), span >> (16 - ShortBits)).Fill(entry);
                }
            }
        }

        return table;
    }
}
