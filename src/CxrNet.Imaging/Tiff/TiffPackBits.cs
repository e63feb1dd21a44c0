namespace CxrNet.Imaging;

/// <summary>How much a PackBits stream unpacks to; LibTiff.Net does not say when it ends early.</summary>
internal static class TiffPackBits
{
    /// <summary>Bytes that the stream yields, counted up to the first that is asked for no more (TIFF 6.0 section 9: n below 128 is followed by n + 1 bytes, n above 128 by one that is repeated 257 - n times).</summary>
    public static long LengthOf(ReadOnlySpan<byte> packed, long enough)
    {
        long length = 0;
        for (int i = 0; i < packed.Length && length < enough;)
        {
            int n = packed[i++];
            if (n < 128)
            {
                length += Math.Min(n + 1, packed.Length - i);
                i += n + 1;
            }
            else if (n > 128)
            {
                length += i < packed.Length ? 257 - n : 0;
                i++;
            }
        }

        return length;
    }
}
