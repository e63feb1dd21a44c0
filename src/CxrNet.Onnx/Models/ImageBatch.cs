namespace CxrNet.Onnx;

/// <summary>Images that go through the network together.</summary>
/// <param name="Images">Those that are meant.</param>
/// <param name="Padded">What is fed: longer where the graph accepts one batch size only, filled up with the last image.</param>
internal readonly record struct ImageBatch(IReadOnlyList<GrayImage> Images, IReadOnlyList<GrayImage> Padded)
{
    /// <summary>Cuts a list into batches, in order.</summary>
    /// <param name="images">Any number of images.</param>
    /// <param name="most">Most images of a batch.</param>
    /// <param name="exactly">The one size that the graph accepts, or null.</param>
    public static IEnumerable<ImageBatch> Split(IReadOnlyList<GrayImage> images, int most, int? exactly)
    {
        for (int start = 0; start < images.Count; start += most)
        {
            GrayImage[] batch = new GrayImage[Math.Min(most, images.Count - start)];
            for (int i = 0; i < batch.Length; i++)
            {
                batch[i] = images[start + i] ?? throw new ArgumentException($"Image {start + i} is null.", nameof(images));
            }

            yield return exactly > batch.Length
                ? new ImageBatch(batch, [.. batch, .. Enumerable.Repeat(batch[^1], exactly.Value - batch.Length)])
                : new ImageBatch(batch, batch);
        }
    }
}
