using System.Numerics.Tensors;

namespace CxrNet;

/// <summary>What of a map counts as evidence, wherever shares of it are told: figures, alarms and pictures.</summary>
public static class HeatmapEvidence
{
    /// <summary>The map with 0 for "no evidence": its values above 0 are what speaks for the finding.</summary>
    /// <remarks>RISE and its like put a floor under all pixels, which is evidence for none of them: a map that is not signed loses its smallest value. Signed maps have a 0 of their own, and so has a network's own map (<c>network</c>), whose values are shares of the image that it lets through: 0.2 everywhere is a fifth of everything. A map without a name is not taken for one.</remarks>
    /// <param name="map">A raw map: before <see cref="HeatmapScaling.ToImageSize"/>, which puts zeros around a part of an image.</param>
    /// <returns>A map of the same grid; the same instance where nothing is taken off.</returns>
    public static Heatmap ToEvidence(this Heatmap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        float floor = TensorPrimitives.Min(map.Values);
        if (map.IsSigned || map.IsOwnMap || floor == 0)
        {
            return map;
        }

        float[] values = new float[map.Values.Length];
        TensorPrimitives.Subtract(map.Values, floor, values);
        return new Heatmap(map.Width, map.Height, values, map.ImageWidth, map.ImageHeight, map.Region) { Method = map.Method, Finding = map.Finding };
    }
}
