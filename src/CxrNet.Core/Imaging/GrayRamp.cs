using System.Numerics;

namespace CxrNet;

/// <summary>Stored values to grey levels along a straight line.</summary>
internal static class GrayRamp
{
    /// <summary><c>destination[i] = clamp((samples[i] - black) / span, 0, 1)</c></summary>
    /// <remarks>A true division, so that an 8-bit value is exactly the <c>v / 255</c> of Python.</remarks>
    public static void Apply<T>(ReadOnlySpan<T> samples, float black, float span, Span<float> destination)
        where T : unmanaged
    {
        int lanes = Vector<float>.Count;
        Vector<float> from = new(black), width = new(span);
        int i = 0;
        for (; i <= samples.Length - lanes; i += lanes)
        {
            Vector<float> value = SampleVector.Load(samples, i);
            Vector.Min(Vector.Max((value - from) / width, Vector<float>.Zero), Vector<float>.One).CopyTo(destination[i..]);
        }

        for (; i < samples.Length; i++)
        {
            destination[i] = Math.Clamp((SampleVector.Scalar(samples[i]) - black) / span, 0, 1);
        }
    }
}
