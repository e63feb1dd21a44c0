namespace CxrNet.Imaging.Dicom.Codecs.Jpeg2000;

/// <summary>Reads packets (ITU-T T.800 B.9 and B.10): which code-blocks a layer adds to, with how many passes and bytes.</summary>
internal ref struct PacketReader(ReadOnlySpan<byte> data, VisitBudget budget)
{
    private const ushort StartOfPacket = 0xFF91;
    private const ushort EndOfPacketHeader = 0xFF92;
    private const int StartOfPacketLength = 6;
    private const int MaxLengthBits = 31;
    private const int FirstBypassPass = 10;

    private readonly ReadOnlySpan<byte> _data = data;
    private readonly List<(CodeBlock Block, BlockChunk Chunk)> _chunks = [];   // what the current packet's body will bring
    private int _position;

    /// <summary>Reads the packet of the precinct's next layer.</summary>
    public void Read(Precinct precinct, CodeBlockStyle style)
    {
        // Neither marker can be mistaken for packet bits: no byte over 0x8F follows 0xFF there.
        Skip(StartOfPacket, StartOfPacketLength);
        PacketBits bits = new(_data, _position);
        _chunks.Clear();
        if (bits.Bit() != 0)
        {
            foreach (PrecinctBand band in precinct.Bands)
            {
                budget.Spend(band.Blocks.Length);
                ReadBand(ref bits, band, precinct.NextLayer, style, _chunks);
            }
        }

        _position = bits.Finish();
        Skip(EndOfPacketHeader, 2);
        foreach ((CodeBlock block, BlockChunk chunk) in _chunks)
        {
            if (chunk.Length > _data.Length - _position)
            {
                throw Jpeg2000Decoder.Truncated();
            }

            block.Chunks.Add(chunk with { Offset = _position });
            _position += chunk.Length;
        }

        precinct.NextLayer++;
    }

    private static void ReadBand(ref PacketBits bits, PrecinctBand band, int layer, CodeBlockStyle style, List<(CodeBlock Block, BlockChunk Chunk)> chunks)
    {
        for (int i = 0; i < band.Blocks.Length; i++)
        {
            CodeBlock block = band.Blocks[i];
            int x = i % band.Width, y = i / band.Width;
            if (block.Passes > 0)
            {
                if (bits.Bit() == 0)
                {
                    continue;
                }
            }
            else
            {
                if (!band.Inclusion.IsLess(ref bits, x, y, layer + 1))
                {
                    continue;
                }

                block.Planes = block.Band.Planes - band.MissingPlanes.Value(ref bits, x, y, block.Band.Planes);
            }

            ReadBlock(ref bits, block, style, chunks);
        }
    }

    private static void ReadBlock(ref PacketBits bits, CodeBlock block, CodeBlockStyle style, List<(CodeBlock Block, BlockChunk Chunk)> chunks)
    {
        int passes = bits.Passes();
        if (block.Planes > BlockDecoder.MaxPlanes || block.Passes + passes > 3 * block.Planes - 2)
        {
            throw Jpeg2000Decoder.Error($"a code-block of {block.Planes} bit-planes has {block.Passes + passes} passes; at most {BlockDecoder.MaxPlanes} planes and {Math.Max(0, 3 * block.Planes - 2)} passes expected.");
        }

        while (bits.Bit() != 0)
        {
            block.LengthBits++;
        }

        while (passes > 0)
        {
            // A terminated segment may go on over several packets; its bytes are one codeword.
            int left = PassesToSegmentEnd(block.Passes, style);
            bool starts = block.Passes == 0 || PassesToSegmentEnd(block.Passes - 1, style) == 1;
            int taken = Math.Min(passes, left);
            int lengthBits = PacketBits.LengthBits(block.LengthBits, taken);
            if (lengthBits > MaxLengthBits)
            {
                throw Jpeg2000Decoder.Error($"a code-block's length has {lengthBits} bits, at most {MaxLengthBits} expected.");
            }

            chunks.Add((block, new BlockChunk(taken, bits.Bits(lengthBits), Offset: 0, starts)));
            block.Passes += taken;
            passes -= taken;
        }
    }

    /// <summary>Passes from this one to the end of its segment (Table D.9: where passes are terminated).</summary>
    private static int PassesToSegmentEnd(int pass, CodeBlockStyle style)
    {
        if ((style & CodeBlockStyle.TerminateAll) != 0)
        {
            return 1;
        }

        if ((style & CodeBlockStyle.Bypass) == 0)
        {
            return int.MaxValue;
        }

        // Ten coded passes first; then two raw ones (significance, refinement) and one coded (cleanup) in turn.
        return pass < FirstBypassPass ? FirstBypassPass - pass : (pass - FirstBypassPass) % 3 == 0 ? 2 : 1;
    }

    private void Skip(ushort marker, int length)
    {
        if (_position + length <= _data.Length && (_data[_position] << 8 | _data[_position + 1]) == marker)
        {
            _position += length;
        }
    }
}
