using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace CxrNet.WebViewer.Analysis;

/// <summary>An explanation map as the page draws it: small, since maps are smooth, and with its numbers, so that opacity, colours and scale are the browser's affair.</summary>
/// <param name="Method">The method's name.</param>
/// <param name="Finding">The finding that is explained; null for a map that is the same for all.</param>
/// <param name="Signed">Whether negative values speak against the finding.</param>
/// <param name="Width">Columns of the grid, which covers the whole image.</param>
/// <param name="Height">Rows of the grid.</param>
/// <param name="Values">width x height float32 values, little-endian, row-major, as Base64.</param>
/// <param name="Low">The value that is drawn as no evidence.</param>
/// <param name="High">The value that is drawn as the strongest evidence.</param>
/// <param name="Absolute">Whether low and high are the method's own fixed scale, so that maps of two images can be compared; otherwise they are this map's own, for display alone.</param>
/// <param name="OutsideLungs">The share of the positive evidence outside the lungs, 0 … 1; null where there is none or lungs were not found.</param>
internal sealed record MapLayer(string Method, string? Finding, bool Signed, int Width, int Height, byte[] Values, float Low, float High, bool Absolute, double? OutsideLungs)
{
    // A single bright cell should not set the scale.
    private const double HighPercent = 99;

    public static MapLayer? From(CxrReport report, int longest)
    {
        if (report.Map is not { } map)
        {
            return null;
        }

        (int width, int height) = SmallPlane.Within(map.Width, map.Height, longest);
        float[] values = SmallPlane.Of(map.Values, map.Width, map.Height, width, height);
        (float low, float high) = ScaleOf(map, values);

        // A mask without a pixel is no chest without lungs: the segmenter found none.
        double outside = report.Lungs is { } lungs && lungs.Probabilities.ContainsAnyInRange(lungs.Threshold, float.MaxValue) ? ShortcutAlarm.OutsideShare(map, lungs) : double.NaN;
        return new MapLayer(map.Method, map.Finding, map.IsSigned, width, height, LittleEndian(values), low, high, map.IsOwnMap, double.IsNaN(outside) ? null : Math.Round(outside, 4));
    }

    // The network's own map is 0 … 1. The units of other methods differ, and RISE and its like have a floor below all pixels, under which a picture would drown.
    private static (float Low, float High) ScaleOf(Heatmap map, float[] values)
    {
        if (map.IsOwnMap)
        {
            return (0, 1);
        }

        float low = map.IsSigned ? 0 : TensorPrimitives.Min<float>(values);
        float[] heights = new float[values.Length];
        TensorPrimitives.Subtract(values, low, heights);
        TensorPrimitives.Abs(heights, heights);
        float high = low + Percentiles.Of(heights, HighPercent);
        return (low, high > low ? high : low + 1);
    }

    private static byte[] LittleEndian(float[] values)
    {
        byte[] bytes = MemoryMarshal.AsBytes<float>(values).ToArray();
        if (!BitConverter.IsLittleEndian)
        {
            Span<int> words = MemoryMarshal.Cast<byte, int>(bytes.AsSpan());
            BinaryPrimitives.ReverseEndianness(words, words);
        }

        return bytes;
    }
}
