using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CxrNet.Benchmarks.Ceiling;

/// <summary>Multiply-adds in registers alone, as many at a time as a core can begin: what no program on it can exceed, whatever its library.</summary>
internal static class FusedMultiplyAdds
{
    private const int Chains = 12;
    private const int Rounds = 2_000_000;
    private static float s_kept;

    /// <summary>Multiply-adds of one call in so many threads.</summary>
    public static double Count(int threads) => (double)threads * Rounds * Chains * (Vector512.IsHardwareAccelerated ? Vector512<float>.Count : Vector256<float>.Count);

    public static void Run(int threads) =>
        Parallel.For(0, threads, static _ => Volatile.Write(ref s_kept, Vector512.IsHardwareAccelerated ? Wide(0.999f, 1e-3f) : Narrow(0.999f, 1e-3f)));

    // Twelve chains hide the latency of four cycles at two a cycle, with room to spare; written out, since an array of vectors would live in memory.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Wide(float factor, float summand)
    {
        Vector512<float> x = Vector512.Create(factor), y = Vector512.Create(summand);
        Vector512<float> a = y, b = x, c = y, d = x, e = y, f = x, g = y, h = x, i = y, j = x, k = y, l = x;
        for (int round = 0; round < Rounds; round++)
        {
            a = Vector512.FusedMultiplyAdd(a, x, y);
            b = Vector512.FusedMultiplyAdd(b, x, y);
            c = Vector512.FusedMultiplyAdd(c, x, y);
            d = Vector512.FusedMultiplyAdd(d, x, y);
            e = Vector512.FusedMultiplyAdd(e, x, y);
            f = Vector512.FusedMultiplyAdd(f, x, y);
            g = Vector512.FusedMultiplyAdd(g, x, y);
            h = Vector512.FusedMultiplyAdd(h, x, y);
            i = Vector512.FusedMultiplyAdd(i, x, y);
            j = Vector512.FusedMultiplyAdd(j, x, y);
            k = Vector512.FusedMultiplyAdd(k, x, y);
            l = Vector512.FusedMultiplyAdd(l, x, y);
        }

        return Vector512.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Narrow(float factor, float summand)
    {
        Vector256<float> x = Vector256.Create(factor), y = Vector256.Create(summand);
        Vector256<float> a = y, b = x, c = y, d = x, e = y, f = x, g = y, h = x, i = y, j = x, k = y, l = x;
        for (int round = 0; round < Rounds; round++)
        {
            a = Vector256.FusedMultiplyAdd(a, x, y);
            b = Vector256.FusedMultiplyAdd(b, x, y);
            c = Vector256.FusedMultiplyAdd(c, x, y);
            d = Vector256.FusedMultiplyAdd(d, x, y);
            e = Vector256.FusedMultiplyAdd(e, x, y);
            f = Vector256.FusedMultiplyAdd(f, x, y);
            g = Vector256.FusedMultiplyAdd(g, x, y);
            h = Vector256.FusedMultiplyAdd(h, x, y);
            i = Vector256.FusedMultiplyAdd(i, x, y);
            j = Vector256.FusedMultiplyAdd(j, x, y);
            k = Vector256.FusedMultiplyAdd(k, x, y);
            l = Vector256.FusedMultiplyAdd(l, x, y);
        }

        return Vector256.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }
}
