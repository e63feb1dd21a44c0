using System.Buffers;
using System.Numerics.Tensors;

namespace CxrNet;

/// <summary>A segmenter's output, read as lung masks. The one place for it, for every backend.</summary>
public static class LungMaskReader
{
    private const float Threshold = 0.5f;

    /// <summary>Keeps the two largest parts of each map, fills their holes and enlarges it to its image's own size, clamped to 0 … 1; 0 where the network did not look.</summary>
    /// <param name="maps">The engine's output, one map of height x width per row; rows beyond the images are padding and not read.</param>
    /// <param name="width">Columns of a map.</param>
    /// <param name="height">Rows of a map.</param>
    /// <param name="input">The input that the maps came from.</param>
    /// <param name="images">The images, in the order of the rows.</param>
    /// <param name="modelId">The model's id, for the error.</param>
    /// <exception cref="CxrModelException">A value is no finite number.</exception>
    public static IReadOnlyList<LungMask> Read(TensorBuffer maps, int width, int height, InputTensor input, IReadOnlyList<GrayImage> images, string modelId)
    {
        ArgumentNullException.ThrowIfNull(maps);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(images);
        LungMask[] masks = new LungMask[images.Count];
        float[] rented = ArrayPool<float>.Shared.Rent(maps.LengthEach);
        Span<float> grid = rented.AsSpan(0, maps.LengthEach);
        for (int i = 0; i < masks.Length; i++)
        {
            maps[i].CopyTo(grid);
            if (!TensorPrimitives.IsFiniteAll<float>(grid))
            {
                throw new CxrModelException(modelId, $"'{modelId}' gave a mask with values that are no finite numbers for image {i} of the batch.");
            }

            // At the network's resolution: on an image of 2.5k x 2.9k the parts alone would take longer than the network.
            LungMaskCleaning.Clean(grid, width, height, Threshold);
            masks[i] = Enlarge(grid, width, height, input.RegionOf(i), images[i]);
        }

        ArrayPool<float>.Shared.Return(rented);
        return masks;
    }

    private static LungMask Enlarge(Span<float> grid, int width, int height, PixelRegion region, GrayImage image)
    {
        float[] probabilities;
        if (region == PixelRegion.Whole(image))
        {
            probabilities = new float[image.Pixels.Length];
            Resizer.Resize(grid, width, height, probabilities, image.Width, image.Height, ResizeFilter.Bilinear);
        }
        else
        {
            probabilities = new Heatmap(width, height, grid.ToArray(), image.Width, image.Height, region).ToImageSize().Values.ToArray();
        }

        TensorPrimitives.Clamp(probabilities, 0f, 1f, probabilities);
        return new LungMask(image.Width, image.Height, probabilities, Threshold);
    }
}
