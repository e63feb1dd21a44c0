namespace CxrNet.Evaluation;

/// <summary>The checks that every map figure makes at its door.</summary>
internal static class MapGuard
{
    public static void Check(ReadOnlySpan<float> map, BinaryMask mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        Check(map, mask.Width, mask.Height);
    }

    public static void Check(ReadOnlySpan<float> map, GrayImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        Check(map, image.Width, image.Height);
    }

    public static void Check(ReadOnlySpan<float> map, int width, int height)
    {
        if (map.Length != (long)width * height)
        {
            throw new ArgumentException($"A map of {map.Length} values given, {width} x {height} = {(long)width * height} expected.", nameof(map));
        }

        Guard.NoNaN(map, nameof(map));
    }

    /// <summary>Pixel indices from the highest value down; equal values in row-major order.</summary>
    public static int[] Descending(ReadOnlySpan<float> map)
    {
        // The value's bits, turned into an order-preserving integer, above the index: one sort of numbers, stable and without a comparer.
        ulong[] keys = new ulong[map.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            uint bits = BitConverter.SingleToUInt32Bits(map[i] + 0f);
            uint ascending = (bits & 0x8000_0000) != 0 ? ~bits : bits | 0x8000_0000;
            keys[i] = ((ulong)~ascending << 32) | (uint)i;
        }

        Array.Sort(keys);
        return Array.ConvertAll(keys, key => (int)(uint)key);
    }
}
