using System.Numerics;
using System.Runtime.CompilerServices;

namespace CxrNet.Imaging.Dicom.Codecs.JpegLs;

/// <summary>The statistics of one context of the regular mode (ITU-T T.87 A.6), named as there.</summary>
internal struct RegularContext
{
    public int A;   // sum of error magnitudes
    public int B;   // sum of errors
    public int C;   // correction of the prediction
    public int N;   // count

    /// <summary>The Golomb parameter: the least k with <c>N * 2^k &gt;= A</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int GolombParameter(int n, int a)
    {
        int k = Math.Max(0, BitOperations.LeadingZeroCount((uint)n) - BitOperations.LeadingZeroCount((uint)a));
        return (uint)n << k < (uint)a ? k + 1 : k;
    }

    /// <summary>Takes one error into the statistics and corrects the bias.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Update(int error, int step, int reset)
    {
        int a = A + Math.Abs(error);
        int b = B + error * step;
        int n = N;
        if (n == reset)
        {
            a >>= 1;
            b >>= 1;
            n >>= 1;
        }

        n++;
        if (b <= -n)
        {
            b = Math.Max(b + n, 1 - n);
            C = Math.Max(C - 1, -128);
        }
        else if (b > 0)
        {
            b = Math.Min(b - n, 0);
            C = Math.Min(C + 1, 127);
        }

        A = a;
        B = b;
        N = n;
    }
}
