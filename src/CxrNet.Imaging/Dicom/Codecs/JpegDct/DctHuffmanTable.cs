namespace CxrNet.Imaging.Dicom.Codecs.JpegDct;

/// <summary>A Huffman table (T.81, annex C) flattened over 16 bits: code length in the high byte, symbol in the low one; 0 where no code begins so.</summary>
internal sealed class DctHuffmanTable
{
    private readonly ushort[] _entries = new ushort[1 << 16];

    private DctHuffmanTable()
    {
    }

    /// <summary>Looks the next 16 bits up.</summary>
    public int this[uint next16] => _entries[next16 & 0xFFFF];

    /// <summary>Keeps the definitions of one DHT segment: slots 0 to 3 for DC, 4 to 7 for AC. They are built only when a scan uses them, so a stream full of tables costs nothing.</summary>
    public static void ReadAll(ReadOnlySpan<byte> body, byte[]?[] slots)
    {
        while (!body.IsEmpty)
        {
            int total = 0;
            for (int i = 1; i <= 16 && i < body.Length; i++)
            {
                total += body[i];
            }

            if (body.Length < 17 + total || body[0] >> 4 > 1 || (body[0] & 15) > 3)
            {
                throw Codestream.Error(DctDecoder.Name, $"Huffman table 0x{body[0]:X2} lists {total} codes in {body.Length} bytes; classes 0 and 1, slots 0 to 3 expected.");
            }

            slots[((body[0] >> 4) * 4) + (body[0] & 15)] = body.Slice(1, 16 + total).ToArray();
            body = body[(17 + total)..];
        }
    }

    /// <summary>Builds a table from its definition: 16 counts, then the symbols.</summary>
    public static DctHuffmanTable Build(ReadOnlySpan<byte> definition)
    {
        ReadOnlySpan<byte> counts = definition[..16];
        ReadOnlySpan<byte> symbols = definition[16..];
        DctHuffmanTable table = new();
        int next = 0;
        int symbol = 0;
        for (int length = 1; length <= 16; length++)
        {
            int span = 1 << (16 - length);
            for (int i = 0; i < counts[length - 1]; i++, symbol++, next += span)
            {
                if (next + span > 1 << 16)
                {
                    throw Codestream.Error(DctDecoder.Name, "a Huffman table has more codes than fit in 16 bits.");
                }

                table._entries.AsSpan(next, span).Fill((ushort)((length << 8) | symbols[symbol]));
            }
        }

        return table;
    }
}
