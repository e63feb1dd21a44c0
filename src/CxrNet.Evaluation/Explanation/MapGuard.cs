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

    /// <summary>What the caller's function puts in the image's place, of its size.</summary>
    public static GrayImage Reference(Func<GrayImage, GrayImage> make, GrayImage image)
    {
        GrayImage reference = make(image);
        SameSize(reference, image, nameof(make));
        return reference;
    }

    public static void SameSize(GrayImage found, GrayImage expected, string parameter)
    {
        ArgumentNullException.ThrowIfNull(found, parameter);
        if ((found.Width, found.Height) != (expected.Width, expected.Height))
        {
            throw new ArgumentException($"An image of {found.Width} x {found.Height} given, {expected.Width} x {expected.Height} expected.", parameter);
        }
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
