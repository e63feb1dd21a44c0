using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CxrNet;

/// <summary>Pixels as one integer each (red lowest, then green and blue) to bytes in threes.</summary>
internal static class RgbPacking
{
    /// <summary>Writes <c>rgb[3 i + c] = packed[i] >> 8 c</c>.</summary>
    /// <param name="packed">A pixel each; what is above the lowest 24 bits is ignored.</param>
    /// <param name="rgb">Receives three times as many bytes.</param>
    public static void Unpack(ReadOnlySpan<int> packed, Span<byte> rgb)
    {
        int i = 0;
        ref int source = ref MemoryMarshal.GetReference(packed);
        Vector128<byte> order = Vector128.Create((byte)0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 0, 0, 0, 0);

        // Sixteen bytes are stored and twelve meant: the next store writes over the rest, so the last pixels are done one by one.
        for (; i <= packed.Length - 6; i += 4)
        {
            Vector128.Shuffle(Vector128.LoadUnsafe(ref source, (nuint)i).AsByte(), order).CopyTo(rgb[(3 * i)..]);
        }

        for (; i < packed.Length; i++)
        {
            int pixel = packed[i];
            (rgb[3 * i], rgb[(3 * i) + 1], rgb[(3 * i) + 2]) = ((byte)pixel, (byte)(pixel >> 8), (byte)(pixel >> 16));
        }
    }

    /// <summary>A colour map as one integer per step.</summary>
    /// <param name="colors">256 colours, red, green, blue.</param>
    /// <param name="packed">Receives 256 integers.</param>
    public static void Pack(ReadOnlySpan<byte> colors, Span<int> packed)
    {
        for (int i = 0; i < 256; i++)
        {
            packed[i] = colors[3 * i] | (colors[(3 * i) + 1] << 8) | (colors[(3 * i) + 2] << 16);
        }
    }
}
