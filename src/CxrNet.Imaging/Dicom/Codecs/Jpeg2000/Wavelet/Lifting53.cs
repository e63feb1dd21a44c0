using System.Numerics;

namespace CxrNet.Imaging.Dicom.Codecs.Jpeg2000;

/// <summary>The reversible 5/3 wavelet on integers (ITU-T T.800 F.3.8.2).</summary>
internal readonly struct Lifting53 : ILifting<int>
{
    public static int Steps => 2;

    public static int Half(int value) => value >> 1;

    public static void Step(int step, Span<int> target, ReadOnlySpan<int> before, ReadOnlySpan<int> after)
    {
        before = before[..target.Length];
        after = after[..target.Length];
        if (step == 0)
        {
            Low(target, before, after);
        }
        else
        {
            High(target, before, after);
        }
    }

    private static void Low(Span<int> target, ReadOnlySpan<int> before, ReadOnlySpan<int> after)
    {
        int i = 0;
        Vector<int> two = new(2);
        for (; i <= target.Length - Vector<int>.Count; i += Vector<int>.Count)
        {
            Vector<int> sum = new Vector<int>(before[i..]) + new Vector<int>(after[i..]) + two;
            (new Vector<int>(target[i..]) - Vector.ShiftRightArithmetic(sum, 2)).CopyTo(target[i..]);
        }

        for (; i < target.Length; i++)
        {
            target[i] -= (before[i] + after[i] + 2) >> 2;
        }
    }

    private static void High(Span<int> target, ReadOnlySpan<int> before, ReadOnlySpan<int> after)
    {
        int i = 0;
        for (; i <= target.Length - Vector<int>.Count; i += Vector<int>.Count)
        {
            Vector<int> sum = new Vector<int>(before[i..]) + new Vector<int>(after[i..]);
            (new Vector<int>(target[i..]) + Vector.ShiftRightArithmetic(sum, 1)).CopyTo(target[i..]);
        }

        for (; i < target.Length; i++)
        {
            target[i] += (before[i] + after[i]) >> 1;
        }
    }
}
