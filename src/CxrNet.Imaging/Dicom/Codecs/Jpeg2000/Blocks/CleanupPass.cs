namespace CxrNet.Imaging.Dicom.Codecs.Jpeg2000;

/// <summary>The third pass over a bit-plane: what the other two left out, four samples at once where nothing is near (ITU-T T.800 D.3.4).</summary>
internal static class CleanupPass
{
    private const uint SegmentationSymbol = 0b1010;

    public static void Decode(BlockState block, ref MqDecoder source, byte[] data, int plane)
    {
        MqDecoder bits = source;
        uint[] flags = block.Flags;
        uint[] samples = block.Samples;
        byte[] contexts = block.Contexts;
        byte[] zeroCoding = block.ZeroCoding;
        int width = block.Width, height = block.Height, stride = block.Stride;
        bool tellsAbove = block.TellsAbove;
        for (int y = 0, stripe = stride + 1; y < height; y += BlockState.StripeHeight, stripe += stride)
        {
            int rows = Math.Min(BlockState.StripeHeight, height - y);
            for (int x = 0; x < width; x++)
            {
                int at = stripe + x;
                int i = 0;
                bool isSignificant = false;
                if (flags[at] == 0 && rows == BlockState.StripeHeight)
                {
                    // Four samples without a significant neighbour: one decision says whether all stay so.
                    if (bits.Decode(ref contexts[BlockContexts.RunLength], data) == 0)
                    {
                        continue;
                    }

                    uint high = bits.Decode(ref contexts[BlockContexts.Uniform], data);
                    i = (int)(high << 1 | bits.Decode(ref contexts[BlockContexts.Uniform], data));
                    isSignificant = true;
                }

                for (; i < rows; i++)
                {
                    uint word = flags[at];
                    if (!isSignificant)
                    {
                        uint near = word >> (3 * i);
                        if ((near & BlockFlags.Self) != 0 || (word >> (BlockFlags.FirstVisited + i) & 1) != 0)
                        {
                            continue;
                        }

                        isSignificant = bits.Decode(ref contexts[zeroCoding[near & 0x1FF]], data) != 0;
                    }

                    if (isSignificant)
                    {
                        uint sign = BlockState.DecodeSign(ref bits, data, flags, at, i, contexts);
                        samples[(y + i) * width + x] = sign << 31 | 3u << plane;
                        BlockFlags.SetSignificant(flags, at, stride, i, sign, tellsAbove);
                        isSignificant = false;
                    }
                }

                flags[at] &= ~BlockFlags.AllVisited;
            }
        }

        source = bits;   // before the call: a local whose address is passed on could not stay in registers
        if ((block.Style & CodeBlockStyle.SegmentationSymbols) != 0)
        {
            CheckSegmentationSymbol(ref source, contexts, data);
        }
    }

    private static void CheckSegmentationSymbol(ref MqDecoder bits, byte[] contexts, byte[] data)
    {
        uint symbol = 0;
        for (int i = 0; i < 4; i++)
        {
            symbol = symbol << 1 | bits.Decode(ref contexts[BlockContexts.Uniform], data);
        }

        if (symbol != SegmentationSymbol)
        {
            throw Jpeg2000Decoder.Error($"a segmentation symbol {symbol:B4} found, 1010 expected: the data is damaged.");
        }
    }
}
