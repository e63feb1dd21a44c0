using System.Numerics;

namespace CxrNet.Imaging.Dicom.Codecs.Jpeg2000;

/// <summary>The irreversible 9/7 wavelet (ITU-T T.800 F.3.8.1).</summary>
/// <remarks>The scaling by K and 1/K is part of the first two steps: <c>x = scale * x - weight * (before + after)</c>.</remarks>
internal readonly struct Lifting97 : ILifting<float>
{
    private const float Alpha = -1.586134342059924f;
    private const float Beta = -0.052980118572961f;
    private const float Gamma = 0.882911075530934f;
    private const float Delta = 0.443506852043971f;
    private const float K = 1.230174104914001f;

    public static int Steps => 4;

    public static float Half(float value) => value / 2;

    public static void Step(int step, Span<float> target, ReadOnlySpan<float> before, ReadOnlySpan<float> after)
    {
        // In the first step the odd neighbours are not yet divided by K, so the weight is.
        (float scale, float weight) = step switch
        {
            0 => (K, Delta / K),
            1 => (1 / K, Gamma),
            2 => (1f, Beta),
            _ => (1f, Alpha),
        };
        before = before[..target.Length];
        after = after[..target.Length];
        int i = 0;
        for (; i <= target.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> sum = new Vector<float>(before[i..]) + new Vector<float>(after[i..]);
            (new Vector<float>(target[i..]) * scale - sum * weight).CopyTo(target[i..]);
        }

        for (; i < target.Length; i++)
        {
            target[i] = target[i] * scale - (before[i] + after[i]) * weight;
        }
    }
}
