namespace CxrNet.Imaging.Dicom.Codecs.Jpeg2000;

/// <summary>The second pass over a bit-plane: one more bit of each sample that was significant before (ITU-T T.800 D.3.3).</summary>
internal static class RefinementPass
{
    public static void Decode<TBits>(BlockState block, ref TBits source, byte[] data, int plane)
        where TBits : struct, IBlockBits
    {
        TBits bits = source;
        uint[] flags = block.Flags;
        uint[] samples = block.Samples;
        byte[] contexts = block.Contexts;
        int width = block.Width, height = block.Height, stride = block.Stride;
        uint half = 1u << plane;
        for (int y = 0, stripe = stride + 1; y < height; y += BlockState.StripeHeight, stripe += stride)
        {
            int rows = Math.Min(BlockState.StripeHeight, height - y);
            for (int x = 0; x < width; x++)
            {
                uint word = flags[stripe + x];
                if ((word & BlockFlags.AllSelf) == 0)
                {
                    continue;
                }

                for (int i = 0; i < rows; i++)
                {
                    uint near = word >> (3 * i);
                    if ((near & BlockFlags.Self) == 0 || (word >> (BlockFlags.FirstVisited + i) & 1) != 0)
                    {
                        continue;
                    }

                    int context = (word >> (BlockFlags.FirstRefined + i) & 1) != 0 ? BlockContexts.LaterRefinement
                        : (near & BlockFlags.Neighbours) != 0 ? BlockContexts.FirstRefinementNearSignificant
                        : BlockContexts.FirstRefinement;

                    // The middle of the interval that is left moves half a step up or down.
                    samples[(y + i) * width + x] += bits.Decode(ref contexts[context], data) != 0 ? half : 0 - half;
                    word |= 1u << (BlockFlags.FirstRefined + i);
                }

                flags[stripe + x] = word;
            }
        }

        source = bits;
    }
}
