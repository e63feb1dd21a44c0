namespace CxrNet.Torch.Models;

/// <summary>Cuts a list of images into parts that go through the network together.</summary>
internal static class ImageBatch
{
    public static IEnumerable<IReadOnlyList<GrayImage>> Split(IReadOnlyList<GrayImage> images, int most)
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
