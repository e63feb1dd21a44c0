using System.Numerics.Tensors;

namespace CxrNet;

/// <summary>The finish that pytorch-grad-cam gives its maps, for pictures and figures that can be laid beside published ones.</summary>
/// <remarks>It throws magnitude and sign away: the faintest map becomes as strong as any other. Maps of this library are not finished so; see <see cref="HeatmapScaling"/>.</remarks>
public static class PytorchGradCamScaling
{
    // pytorch-grad-cam's.
    private const float Epsilon = 1e-7f;

    /// <summary><c>v = max(v, 0)</c>, <c>(v - min v) / (1e-7 + max(v - min v))</c>, to the image's size, and the same once more.</summary>
    /// <param name="map">A raw map.</param>
    /// <returns>A map of the image's size, 0 … 1.</returns>
    public static Heatmap Of(Heatmap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        float[] values = Finish(map.Values);
        Heatmap sized = new Heatmap(map.Width, map.Height, values, map.ImageWidth, map.ImageHeight, map.Region).ToImageSize();
        return new Heatmap(sized.Width, sized.Height, Finish(sized.Values), map.ImageWidth, map.ImageHeight) { Method = map.Method, Finding = map.Finding };
    }

    private static float[] Finish(ReadOnlySpan<float> map)
    {
        float[] values = new float[map.Length];
        TensorPrimitives.Max(map, 0, values);
        TensorPrimitives.Subtract(values, TensorPrimitives.Min<float>(values), values);
        TensorPrimitives.Divide(values, Epsilon + TensorPrimitives.Max<float>(values), values);
        return values;
    }
}
