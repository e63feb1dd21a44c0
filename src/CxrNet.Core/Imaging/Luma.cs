using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CxrNet;

/// <summary>Interleaved colour to grey.</summary>
internal static class Luma
{
    private const float Red = 0.299f;
    private const float Green = 0.587f;
    private const float Blue = 0.114f;

    /// <summary><c>destination[i] = min((0.299 R + 0.587 G + 0.114 B) / white, limit)</c>, the luma of ITU-R BT.601.</summary>
    public static void FromRgb<T>(ReadOnlySpan<T> rgb, float white, float limit, Span<float> destination)
        where T : unmanaged
    {
        rgb = rgb[..(3 * destination.Length)];
        int i = typeof(T) == typeof(byte) && Vector256.IsHardwareAccelerated ? EightAtATime(MemoryMarshal.AsBytes(rgb), white, limit, destination) : 0;
        for (; i < destination.Length; i++)
        {
            float value = (Red * SampleVector.Scalar(rgb[3 * i])) + (Green * SampleVector.Scalar(rgb[(3 * i) + 1])) + (Blue * SampleVector.Scalar(rgb[(3 * i) + 2]));
            destination[i] = Math.Min(value / white, limit);
        }
    }

    // Eight pixels are 24 bytes: two overlapping loads of 16, out of which each channel's bytes are shuffled to the front.
    private static int EightAtATime(ReadOnlySpan<byte> rgb, float white, float limit, Span<float> destination)
    {
        int i = 0;
        for (; i <= destination.Length - 8; i += 8)
        {
            ref byte first = ref Unsafe.AsRef(in rgb[3 * i]);
            Vector128<byte> low = Vector128.LoadUnsafe(ref first), high = Vector128.LoadUnsafe(ref first, 8);
            Vector256<float> red = Channel(low, high, Vector128.Create((byte)0, 3, 6, 9, 12, 15, 255, 255, 0, 0, 0, 0, 0, 0, 0, 0), Vector128.Create((byte)255, 255, 255, 255, 255, 255, 10, 13, 0, 0, 0, 0, 0, 0, 0, 0));
            Vector256<float> green = Channel(low, high, Vector128.Create((byte)1, 4, 7, 10, 13, 255, 255, 255, 0, 0, 0, 0, 0, 0, 0, 0), Vector128.Create((byte)255, 255, 255, 255, 255, 8, 11, 14, 0, 0, 0, 0, 0, 0, 0, 0));
            Vector256<float> blue = Channel(low, high, Vector128.Create((byte)2, 5, 8, 11, 14, 255, 255, 255, 0, 0, 0, 0, 0, 0, 0, 0), Vector128.Create((byte)255, 255, 255, 255, 255, 9, 12, 15, 0, 0, 0, 0, 0, 0, 0, 0));
            Vector256<float> value = (red * Red) + (green * Green) + (blue * Blue);
            Vector256.Min(value / Vector256.Create(white), Vector256.Create(limit)).CopyTo(destination[i..]);
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Channel(Vector128<byte> low, Vector128<byte> high, Vector128<byte> fromLow, Vector128<byte> fromHigh)
    {
        return Vector256.ConvertToSingle(SampleVector.WidenLower8(Vector128.Shuffle(low, fromLow) | Vector128.Shuffle(high, fromHigh)));
    }
}
