using System.Numerics;
using System.Runtime.InteropServices;

namespace CxrNet;

/// <summary>One output row as the weighted sum of source rows.</summary>
internal static class VerticalPass
{
    /// <summary><c>destination[x] = sum_k weights[k] * source[k * stride + x]</c></summary>
    /// <remarks>Columns outside, rows inside: the sums stay in registers and each cache line of a row is read once.</remarks>
    public static void WeightedSum(ReadOnlySpan<float> source, int stride, ReadOnlySpan<float> weights, Span<float> destination)
    {
        int lanes = Vector<float>.Count;
        int x = 0;
        ref float first = ref MemoryMarshal.GetReference(source);
        for (; x <= destination.Length - (4 * lanes); x += 4 * lanes)
        {
            Vector<float> a = default, b = default, c = default, d = default;
            nuint offset = (nuint)x;
            foreach (float weight in weights)
            {
                Vector<float> w = new(weight);
                a = Vector.FusedMultiplyAdd(Vector.LoadUnsafe(ref first, offset), w, a);
                b = Vector.FusedMultiplyAdd(Vector.LoadUnsafe(ref first, offset + (nuint)lanes), w, b);
                c = Vector.FusedMultiplyAdd(Vector.LoadUnsafe(ref first, offset + (nuint)(2 * lanes)), w, c);
                d = Vector.FusedMultiplyAdd(Vector.LoadUnsafe(ref first, offset + (nuint)(3 * lanes)), w, d);
                offset += (nuint)stride;
            }

            a.CopyTo(destination[x..]);
            b.CopyTo(destination[(x + lanes)..]);
            c.CopyTo(destination[(x + (2 * lanes))..]);
            d.CopyTo(destination[(x + (3 * lanes))..]);
        }

        for (; x < destination.Length; x++)
        {
            float sum = 0;
            for (int k = 0; k < weights.Length; k++)
            {
                sum = float.FusedMultiplyAdd(source[(k * stride) + x], weights[k], sum);
            }

            destination[x] = sum;
        }
    }
}
