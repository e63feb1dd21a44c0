using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CxrNet.Imaging;

/// <summary>The inverse 8 x 8 DCT of <see cref="Dicom.Codecs.JpegDct.InverseDct"/> for 8-bit samples, eight columns at a time: the same integers, so the same pixels.</summary>
/// <remarks>
/// Loeffler, Ligtenberg and Moschytz in the 13-bit fixed point of the Independent JPEG Group's accurate method. Its sums of two products are put in the form a x + b y, which AVX2
/// multiplies and adds in one instruction on pairs of 16-bit numbers with 32-bit results; for that the constants are sums of the method's own.
/// </remarks>
internal static class GrayJpegTransform
{
    private const int Bits = 13;

    /// <summary>The values that libjpeg clamps; beyond them its table begins anew.</summary>
    public const int Least = -512, Most = 511;

    /// <summary>Transforms dequantised coefficients in natural order; their absolute values must sum to less than 5900, or 16 bits overflow.</summary>
    /// <returns>Whether all values before clamping were between <see cref="Least"/> and <see cref="Most"/>.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool Transform(ReadOnlySpan<short> block, Span<byte> target, int stride)
    {
        ref short source = ref MemoryMarshal.GetReference(block);
        Vector128<short> v0 = Vector128.LoadUnsafe(ref source), v1 = Vector128.LoadUnsafe(ref source, 8), v2 = Vector128.LoadUnsafe(ref source, 16), v3 = Vector128.LoadUnsafe(ref source, 24);
        Vector128<short> v4 = Vector128.LoadUnsafe(ref source, 32), v5 = Vector128.LoadUnsafe(ref source, 40), v6 = Vector128.LoadUnsafe(ref source, 48), v7 = Vector128.LoadUnsafe(ref source, 56);
        Pass(ref v0, ref v1, ref v2, ref v3, ref v4, ref v5, ref v6, ref v7, Bits - 2);
        Transpose(ref v0, ref v1, ref v2, ref v3, ref v4, ref v5, ref v6, ref v7);
        Pass(ref v0, ref v1, ref v2, ref v3, ref v4, ref v5, ref v6, ref v7, Bits + 5);
        Transpose(ref v0, ref v1, ref v2, ref v3, ref v4, ref v5, ref v6, ref v7);

        // Saturated to -128 ... 127 and shifted up: the clamping of T.81 A.3.1.
        Vector128<byte> middle = Vector128.Create((byte)128);
        Store(Sse2.PackSignedSaturate(v0, v1).AsByte() + middle, target, 0, stride);
        Store(Sse2.PackSignedSaturate(v2, v3).AsByte() + middle, target, 2, stride);
        Store(Sse2.PackSignedSaturate(v4, v5).AsByte() + middle, target, 4, stride);
        Store(Sse2.PackSignedSaturate(v6, v7).AsByte() + middle, target, 6, stride);

        Vector128<short> low = Vector128.Min(Vector128.Min(Vector128.Min(v0, v1), Vector128.Min(v2, v3)), Vector128.Min(Vector128.Min(v4, v5), Vector128.Min(v6, v7)));
        Vector128<short> high = Vector128.Max(Vector128.Max(Vector128.Max(v0, v1), Vector128.Max(v2, v3)), Vector128.Max(Vector128.Max(v4, v5), Vector128.Max(v6, v7)));
        return !Vector128.LessThanAny(low, Vector128.Create((short)Least)) && !Vector128.GreaterThanAny(high, Vector128.Create((short)Most));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector128<byte> rows, Span<byte> target, int row, int stride)
    {
        MemoryMarshal.Write(target.Slice(row * stride, 8), rows.AsUInt64().ToScalar());
        MemoryMarshal.Write(target.Slice((row + 1) * stride, 8), rows.AsUInt64().GetElement(1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pass(
        ref Vector128<short> v0, ref Vector128<short> v1, ref Vector128<short> v2, ref Vector128<short> v3, ref Vector128<short> v4, ref Vector128<short> v5, ref Vector128<short> v6, ref Vector128<short> v7, int shift)
    {
        // 4433, -15137 and 6270 of the even part.
        Vector256<short> even = Pairs(v2, v6), ends = Pairs(v0, v4);
        Vector256<int> high = Sum(even, 4433 + 6270, 4433), low = Sum(even, 4433, 4433 - 15137);
        Vector256<int> sum = Sum(ends, 1 << Bits, 1 << Bits), difference = Sum(ends, 1 << Bits, -(1 << Bits));
        Vector256<int> half = Vector256.Create(1 << (shift - 1));
        Vector256<int> a0 = sum + high + half, a3 = sum - high + half, a1 = difference + low + half, a2 = difference - low + half;

        Vector256<short> z = Pairs(v7 + v3, v5 + v1), outer = Pairs(v7, v1), inner = Pairs(v5, v3);
        Vector256<int> z3 = Sum(z, 9633 - 16069, 9633), z4 = Sum(z, 9633, 9633 - 3196);
        Vector256<int> b0 = Sum(outer, 2446 - 7373, -7373) + z3, b3 = Sum(outer, -7373, 12299 - 7373) + z4;
        Vector256<int> b1 = Sum(inner, 16819 - 20995, -20995) + z4, b2 = Sum(inner, -20995, 25172 - 20995) + z3;

        v0 = Narrow(a0 + b3, shift);
        v7 = Narrow(a0 - b3, shift);
        v1 = Narrow(a1 + b2, shift);
        v6 = Narrow(a1 - b2, shift);
        v2 = Narrow(a2 + b1, shift);
        v5 = Narrow(a2 - b1, shift);
        v3 = Narrow(a3 + b0, shift);
        v4 = Narrow(a3 - b0, shift);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<short> Pairs(Vector128<short> first, Vector128<short> second) =>
        Vector256.Create(Sse2.UnpackLow(first, second), Sse2.UnpackHigh(first, second));

    // factor1 x first + factor2 x second of each pair.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Sum(Vector256<short> pairs, int factor1, int factor2) =>
        Avx2.MultiplyAddAdjacent(pairs, Vector256.Create((factor2 << 16) | (factor1 & 0xFFFF)).AsInt16());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<short> Narrow(Vector256<int> wide, int shift)
    {
        Vector256<int> shifted = wide >> shift;
        return Sse2.PackSignedSaturate(shifted.GetLower(), shifted.GetUpper());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(
        ref Vector128<short> v0, ref Vector128<short> v1, ref Vector128<short> v2, ref Vector128<short> v3, ref Vector128<short> v4, ref Vector128<short> v5, ref Vector128<short> v6, ref Vector128<short> v7)
    {
        Vector128<int> a0 = Sse2.UnpackLow(v0, v1).AsInt32(), a1 = Sse2.UnpackLow(v2, v3).AsInt32(), a2 = Sse2.UnpackLow(v4, v5).AsInt32(), a3 = Sse2.UnpackLow(v6, v7).AsInt32();
        Vector128<int> a4 = Sse2.UnpackHigh(v0, v1).AsInt32(), a5 = Sse2.UnpackHigh(v2, v3).AsInt32(), a6 = Sse2.UnpackHigh(v4, v5).AsInt32(), a7 = Sse2.UnpackHigh(v6, v7).AsInt32();
        Vector128<long> b0 = Sse2.UnpackLow(a0, a1).AsInt64(), b1 = Sse2.UnpackHigh(a0, a1).AsInt64(), b2 = Sse2.UnpackLow(a2, a3).AsInt64(), b3 = Sse2.UnpackHigh(a2, a3).AsInt64();
        Vector128<long> b4 = Sse2.UnpackLow(a4, a5).AsInt64(), b5 = Sse2.UnpackHigh(a4, a5).AsInt64(), b6 = Sse2.UnpackLow(a6, a7).AsInt64(), b7 = Sse2.UnpackHigh(a6, a7).AsInt64();
        v0 = Sse2.UnpackLow(b0, b2).AsInt16();
        v1 = Sse2.UnpackHigh(b0, b2).AsInt16();
        v2 = Sse2.UnpackLow(b1, b3).AsInt16();
        v3 = Sse2.UnpackHigh(b1, b3).AsInt16();
        v4 = Sse2.UnpackLow(b4, b6).AsInt16();
        v5 = Sse2.UnpackHigh(b4, b6).AsInt16();
        v6 = Sse2.UnpackLow(b5, b7).AsInt16();
        v7 = Sse2.UnpackHigh(b5, b7).AsInt16();
    }
}
