using System.Numerics;

namespace CxrNet;

/// <summary>Stored samples as floats of the same value.</summary>
internal static class SampleWidening
{
    /// <summary><c>destination[i] = samples[i]</c></summary>
    public static void Apply<T>(ReadOnlySpan<T> samples, Span<float> destination)
        where T : unmanaged
    {
        int i = 0;
        for (; i <= samples.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            SampleVector.Load(samples, i).CopyTo(destination[i..]);
        }

        for (; i < samples.Length; i++)
        {
            destination[i] = SampleVector.Scalar(samples[i]);
        }
    }
}
