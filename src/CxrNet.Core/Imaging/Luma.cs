using System.Numerics;

namespace CxrNet;

/// <summary>Interleaved colour to grey.</summary>
internal static class Luma
{
    /// <summary><c>destination[i] = min((0.299 R + 0.587 G + 0.114 B) / white, 1)</c>, the luma of ITU-R BT.601.</summary>
    public static void FromRgb<T>(ReadOnlySpan<T> rgb, float white, Span<float> destination)
        where T : unmanaged, IBinaryInteger<T>
    {
        for (int i = 0; i < destination.Length; i++)
        {
            float red = float.CreateTruncating(rgb[3 * i]), green = float.CreateTruncating(rgb[(3 * i) + 1]), blue = float.CreateTruncating(rgb[(3 * i) + 2]);
            destination[i] = Math.Min(((0.299f * red) + (0.587f * green) + (0.114f * blue)) / white, 1);
        }
    }
}
