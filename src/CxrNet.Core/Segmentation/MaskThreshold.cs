using System.Numerics;
using System.Runtime.InteropServices;

namespace CxrNet;

/// <summary>Probabilities to a mask of bytes, 1 inside and 0 outside: what the other functions of this folder work on.</summary>
public static class MaskThreshold
{
    /// <summary>Computes <c>mask[i] = probabilities[i] >= threshold ? 1 : 0</c>; allocates nothing.</summary>
    /// <param name="probabilities">Values 0 … 1; NaN is outside.</param>
    /// <param name="threshold">The least probability that is inside.</param>
    /// <param name="mask">Receives as many bytes.</param>
    public static void Apply(ReadOnlySpan<float> probabilities, float threshold, Span<byte> mask)
    {
        mask = mask[..probabilities.Length];
        int lanes = Vector<float>.Count, i = 0;
        Vector<float> least = new(threshold);
        ref float source = ref MemoryMarshal.GetReference(probabilities);
        for (; i <= mask.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            // A comparison gives -1, whose lowest byte is the mask's 1 but for the sign.
            nuint at = (nuint)i;
            Vector<short> low = Vector.Narrow(Compare(ref source, at, least), Compare(ref source, at + (nuint)lanes, least));
            Vector<short> high = Vector.Narrow(Compare(ref source, at + (nuint)(2 * lanes), least), Compare(ref source, at + (nuint)(3 * lanes), least));
            Vector.AsVectorByte(-Vector.Narrow(low, high)).CopyTo(mask[i..]);
        }

        for (; i < mask.Length; i++)
        {
            mask[i] = probabilities[i] >= threshold ? (byte)1 : (byte)0;
        }
    }

    private static Vector<int> Compare(ref float source, nuint at, Vector<float> least) => Vector.GreaterThanOrEqual(Vector.LoadUnsafe(ref source, at), least);
}
