using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CxrNet;

/// <summary>One output row as the weighted sum of source rows, read straight from bytes, 16-bit samples or floats.</summary>
internal static class VerticalPass
{
    /// <summary><c>destination[x] = sum_k weights[k] * source[k * stride + x]</c></summary>
    /// <remarks>Columns outside, rows inside: the sums stay in registers. Four of them at a time hide the latency of the multiply-add.</remarks>
    public static void WeightedSum<T>(ReadOnlySpan<T> source, int stride, ReadOnlySpan<float> weights, Span<float> destination)
        where T : unmanaged
    {
        // The guards of the loops below: they read without bounds checks.
        _ = source[((weights.Length - 1) * stride) + destination.Length - 1];
        ref T first = ref MemoryMarshal.GetReference(source);
        ref float target = ref MemoryMarshal.GetReference(destination);
        int length = destination.Length, lanes = Vector<float>.Count, x = 0;
        if (Avx512F.IsSupported)
        {
            // Measured on a 2500 x 2000 plane of bytes (Zen 5): 0.19 ms against 0.32 ms with 256 bits, which .NET's Vector<T> has there.
            for (; x <= length - 64; x += 64)
            {
                Four512(ref Unsafe.Add(ref first, x), stride, weights, ref Unsafe.Add(ref target, x));
            }
        }

        for (; x <= length - (4 * lanes); x += 4 * lanes)
        {
            Four(ref Unsafe.Add(ref first, x), stride, weights, ref Unsafe.Add(ref target, x));
        }

        if (length < lanes)
        {
            Few(source, stride, weights, destination);
            return;
        }

        for (; x < length; x += lanes)
        {
            // The last one overlaps its neighbour, so there is no scalar tail.
            int at = Math.Min(x, length - lanes);
            One(ref Unsafe.Add(ref first, at), stride, weights, ref Unsafe.Add(ref target, at));
        }
    }

    private static void Four512<T>(ref T source, int stride, ReadOnlySpan<float> weights, ref float target)
        where T : unmanaged
    {
        Vector512<float> a = default, b = default, c = default, d = default;
        foreach (float weight in weights)
        {
            Vector512<float> w = Vector512.Create(weight);
            a = Vector512.FusedMultiplyAdd(SampleVector.Load16(ref source), w, a);
            b = Vector512.FusedMultiplyAdd(SampleVector.Load16(ref Unsafe.Add(ref source, 16)), w, b);
            c = Vector512.FusedMultiplyAdd(SampleVector.Load16(ref Unsafe.Add(ref source, 32)), w, c);
            d = Vector512.FusedMultiplyAdd(SampleVector.Load16(ref Unsafe.Add(ref source, 48)), w, d);
            source = ref Unsafe.Add(ref source, stride);
        }

        a.StoreUnsafe(ref target);
        b.StoreUnsafe(ref target, 16);
        c.StoreUnsafe(ref target, 32);
        d.StoreUnsafe(ref target, 48);
    }

    private static void Four<T>(ref T source, int stride, ReadOnlySpan<float> weights, ref float target)
        where T : unmanaged
    {
        int lanes = Vector<float>.Count;
        Vector<float> a = default, b = default, c = default, d = default;
        foreach (float weight in weights)
        {
            Vector<float> w = new(weight);
            a = Vector.FusedMultiplyAdd(SampleVector.Load(ref source), w, a);
            b = Vector.FusedMultiplyAdd(SampleVector.Load(ref Unsafe.Add(ref source, lanes)), w, b);
            c = Vector.FusedMultiplyAdd(SampleVector.Load(ref Unsafe.Add(ref source, 2 * lanes)), w, c);
            d = Vector.FusedMultiplyAdd(SampleVector.Load(ref Unsafe.Add(ref source, 3 * lanes)), w, d);
            source = ref Unsafe.Add(ref source, stride);
        }

        a.StoreUnsafe(ref target);
        b.StoreUnsafe(ref target, (nuint)lanes);
        c.StoreUnsafe(ref target, (nuint)(2 * lanes));
        d.StoreUnsafe(ref target, (nuint)(3 * lanes));
    }

    private static void One<T>(ref T source, int stride, ReadOnlySpan<float> weights, ref float target)
        where T : unmanaged
    {
        Vector<float> sum = default;
        foreach (float weight in weights)
        {
            sum = Vector.FusedMultiplyAdd(SampleVector.Load(ref source), new Vector<float>(weight), sum);
            source = ref Unsafe.Add(ref source, stride);
        }

        sum.StoreUnsafe(ref target);
    }

    private static void Few<T>(ReadOnlySpan<T> source, int stride, ReadOnlySpan<float> weights, Span<float> destination)
        where T : unmanaged
    {
        for (int x = 0; x < destination.Length; x++)
        {
            float sum = 0;
            for (int k = 0; k < weights.Length; k++)
            {
                sum = float.FusedMultiplyAdd(SampleVector.Scalar(source[(k * stride) + x]), weights[k], sum);
            }

            destination[x] = sum;
        }
    }
}
