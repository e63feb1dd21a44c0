namespace CxrNet;

/// <summary>A segmenter's output, read as lung masks. The one place for it, for every backend.</summary>
public static class LungMaskReader
{
    /// <summary>Enlarges a batch of lung probabilities to the images' own sizes, clamped to 0 … 1; 0 where the network did not look.</summary>
    /// <param name="maps">The engine's output, one map of height x width per row; rows beyond the images are padding and not read.</param>
    /// <param name="width">Columns of a map.</param>
    /// <param name="height">Rows of a map.</param>
    /// <param name="input">The input that the maps came from.</param>
    /// <param name="images">The images, in the order of the rows.</param>
    /// <param name="modelId">The model's id, for the error.</param>
    /// <exception cref="CxrModelException">A value is no finite number.</exception>
    public static IReadOnlyList<LungMask> Read(TensorBuffer maps, int width, int height, InputTensor input, IReadOnlyList<GrayImage> images, string modelId)
    {
        IReadOnlyList<Heatmap> heatmaps = HeatmapReader.Read(maps, width, height, input, images, modelId);
        LungMask[] masks = new LungMask[heatmaps.Count];
        for (int i = 0; i < masks.Length; i++)
        {
            float[] probabilities = heatmaps[i].ToImageSize().Values.ToArray();
            foreach (ref float value in probabilities.AsSpan())
            {
                value = Math.Clamp(value, 0, 1);
            }

            masks[i] = new LungMask(images[i].Width, images[i].Height, probabilities);
        }

        return masks;
    }
}
