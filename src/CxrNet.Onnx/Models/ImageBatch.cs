namespace CxrNet.Onnx;

/// <summary>Cuts a list into the batches of forward passes.</summary>
internal static class ImageBatch
{
    /// <summary>The batches, in order.</summary>
    /// <param name="images">Any number of images.</param>
    /// <param name="most">Most images of a batch.</param>
    public static IEnumerable<GrayImage[]> Split(IReadOnlyList<GrayImage> images, int most)
    {
        for (int start = 0; start < images.Count; start += most)
        {
            GrayImage[] batch = new GrayImage[Math.Min(most, images.Count - start)];
            for (int i = 0; i < batch.Length; i++)
            {
                batch[i] = images[start + i] ?? throw new ArgumentException($"Image {start + i} is null.", nameof(images));
            }

            yield return batch;
        }
    }
}
