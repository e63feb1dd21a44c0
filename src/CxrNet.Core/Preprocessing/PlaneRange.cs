using System.Numerics.Tensors;

namespace CxrNet;

/// <summary>The least and the greatest value of a part of a plane.</summary>
internal static class PlaneRange
{
    public static (float Min, float Max) Of(ReadOnlySpan<float> plane, int stride, PixelRegion region)
    {
        float min = float.PositiveInfinity, max = float.NegativeInfinity;
        for (int y = region.Y; y < region.Y + region.Height; y++)
        {
            ReadOnlySpan<float> row = plane.Slice((y * stride) + region.X, region.Width);
            min = Math.Min(min, TensorPrimitives.Min(row));
            max = Math.Max(max, TensorPrimitives.Max(row));
        }

        return (min, max);
    }
}
