using System.Numerics.Tensors;

namespace CxrNet.WebViewer.Analysis;

/// <summary>Grey levels for a browser that sets window and level itself: 16 bits, so that a narrow window of a 12-bit radiograph shows no steps.</summary>
internal static class SixteenBits
{
    /// <summary>Computes <c>floor(65535 * clamp(g, 0, 1) + 0.5)</c>.</summary>
    public static ushort[] Of(ReadOnlySpan<float> grey)
    {
        const int Block = 4096;
        ushort[] levels = new ushort[grey.Length];
        Span<float> scaled = stackalloc float[Block];
        for (int start = 0; start < grey.Length; start += Block)
        {
            int length = Math.Min(Block, grey.Length - start);
            TensorPrimitives.Clamp(grey.Slice(start, length), 0, 1, scaled);
            TensorPrimitives.Multiply(scaled[..length], 65535f, scaled);
            TensorPrimitives.Add(scaled[..length], 0.5f, scaled);
            TensorPrimitives.ConvertTruncating<float, ushort>(scaled[..length], levels.AsSpan(start, length));
        }

        return levels;
    }
}
