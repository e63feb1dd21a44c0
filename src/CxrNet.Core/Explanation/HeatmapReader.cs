using System.Numerics.Tensors;

namespace CxrNet;

/// <summary>What an engine wrote to its map output, read as heatmaps. The one place for it, for every backend.</summary>
public static class HeatmapReader
{
    /// <summary>Reads a batch of network maps.</summary>
    /// <param name="maps">The engine's output, one map of height x width per row; rows beyond the images are padding and not read.</param>
    /// <param name="width">Columns of a map.</param>
    /// <param name="height">Rows of a map.</param>
    /// <param name="input">The input that the maps came from: it knows what part of each image they cover.</param>
    /// <param name="images">The images, in the order of the rows.</param>
    /// <param name="modelId">The model's id, for the error.</param>
    /// <returns>One map per image, in the same order, of the method <c>network</c>; values as computed.</returns>
    /// <exception cref="CxrModelException">A value is no finite number.</exception>
    public static IReadOnlyList<Heatmap> Read(TensorBuffer maps, int width, int height, InputTensor input, IReadOnlyList<GrayImage> images, string modelId)
    {
        ArgumentNullException.ThrowIfNull(maps);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(images);
        Heatmap[] heatmaps = new Heatmap[images.Count];
        for (int i = 0; i < heatmaps.Length; i++)
        {
            ReadOnlySpan<float> values = maps[i];
            if (!TensorPrimitives.IsFiniteAll(values))
            {
                throw new CxrModelException(modelId, $"'{modelId}' gave a map with values that are no finite numbers for image {i} of the batch.");
            }

            heatmaps[i] = new Heatmap(width, height, values.ToArray(), images[i].Width, images[i].Height, input.RegionOf(i)) { Method = Heatmap.OwnMap };
        }

        return heatmaps;
    }
}
