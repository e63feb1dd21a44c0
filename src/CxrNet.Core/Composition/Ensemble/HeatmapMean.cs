using System.Numerics.Tensors;

namespace CxrNet;

/// <summary>Several maps of one image as one.</summary>
internal static class HeatmapMean
{
    /// <summary>The mean, on the maps' own grid where they share it, else at the image's size.</summary>
    /// <param name="maps">One or more, of one image.</param>
    /// <param name="method">What the mean is called.</param>
    /// <param name="toPeak">Whether each map is first divided by its greatest magnitude, so that methods of other scales weigh the same; a map of zeros stays one.</param>
    public static Heatmap Of(IReadOnlyList<Heatmap> maps, string method, bool toPeak = false)
    {
        Heatmap first = maps[0];
        bool shared = maps.All(m => m.Width == first.Width && m.Height == first.Height && m.Region == first.Region);
        Heatmap[] aligned = [.. shared ? maps : maps.Select(static m => m.ToImageSize())];
        float[] sum = new float[aligned[0].Values.Length];
        foreach (Heatmap map in aligned)
        {
            float peak = toPeak ? Math.Abs(TensorPrimitives.MaxMagnitude(map.Values)) : 1;
            TensorPrimitives.MultiplyAdd(map.Values, peak > 0 ? 1 / peak : 0, sum, sum);
        }

        TensorPrimitives.Divide(sum, maps.Count, sum);
        return new Heatmap(aligned[0].Width, aligned[0].Height, sum, first.ImageWidth, first.ImageHeight, aligned[0].Region)
        {
            Method = method,
            Finding = maps.All(m => m.Finding == first.Finding) ? first.Finding : null,
            IsSigned = maps.Any(static m => m.IsSigned),
        };
    }
}
