namespace CxrNet.Imaging.Dicom.Codecs.Jpeg2000;

/// <summary>The first pass over a bit-plane: samples that are not significant but have a neighbour that is (ITU-T T.800 D.3.1).</summary>
internal static class SignificancePass
{
    public static void Decode<TBits>(BlockState block, ref TBits source, byte[] data, int plane)
        where TBits : struct, IBlockBits
    {
        TBits bits = source;
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
                if ((flags[at] & BlockFlags.AnySignificant) == 0)
                {
                    continue;
                }

                for (int i = 0; i < rows; i++)
                {
                    uint near = flags[at] >> (3 * i);
                    if ((near & BlockFlags.Self) != 0 || (near & BlockFlags.Neighbours) == 0)
                    {
                        continue;
                    }

                    if (bits.Decode(ref contexts[zeroCoding[near & 0x1FF]], data) != 0)
                    {
                        uint sign = BlockState.DecodeSign(ref bits, data, flags, at, i, contexts);
                        samples[(y + i) * width + x] = sign << 31 | 3u << plane;
                        BlockFlags.SetSignificant(flags, at, stride, i, sign, tellsAbove);
                    }

                    flags[at] |= 1u << (BlockFlags.FirstVisited + i);
                }
            }
        }

        source = bits;
    }
}
