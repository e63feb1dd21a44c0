namespace CxrNet;

/// <summary>Interleaved colour to grey.</summary>
internal static class Luma
{
    /// <summary><c>destination[i] = min((0.299 R + 0.587 G + 0.114 B) / white, limit)</c>, the luma of ITU-R BT.601.</summary>
    public static void FromRgb<T>(ReadOnlySpan<T> rgb, float white, float limit, Span<float> destination)
        where T : unmanaged
    {
        rgb = rgb[..(3 * destination.Length)];
        int at = 0;
        foreach (ref float gray in destination)
        {
            float value = (0.299f * SampleVector.Scalar(rgb[at])) + (0.587f * SampleVector.Scalar(rgb[at + 1])) + (0.114f * SampleVector.Scalar(rgb[at + 2]));
            gray = Math.Min(value / white, limit);
            at += 3;
        }
    }
}
