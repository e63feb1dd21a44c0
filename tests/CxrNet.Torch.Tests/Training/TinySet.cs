using CxrNet.Evaluation;
using CxrNet.Torch.Training;

namespace CxrNet.Torch.Tests.Training;

/// <summary>Bright squares in four corners: a task that a tiny network learns in seconds.</summary>
internal static class TinySet
{
    public static TrainingSet Create(int count, int seed)
    {
        int side = TinyNetworks.Side;
        int area = side * side;
        Random random = new(seed);
        byte[] images = new byte[count * area];
        byte[] lungs = new byte[count * area];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++)
        {
            labels[i] = i % 4;
            Span<byte> image = images.AsSpan(i * area, area);
            random.NextBytes(image);
            (int left, int top) = (labels[i] % 2 * 16, labels[i] / 2 * 16);
            for (int y = 0; y < side; y++)
            {
                for (int x = 0; x < side; x++)
                {
                    bool lesion = x >= left + 4 && x < left + 12 && y >= top + 4 && y < top + 12;
                    image[(y * side) + x] = (byte)((image[(y * side) + x] / 4) + (lesion ? 190 : 60));
                    lungs[(i * area) + (y * side) + x] = (byte)(lesion ? 255 : 0);
                }
            }
        }

        string[] classes = ["normal", "bacterial_pneumonia", "viral_pneumonia", "covid19"];
        return new TrainingSet(side, classes, images, lungs, labels, [.. labels.Select(label => new ManifestEntry("drawn", classes[label], "train") { LungMask = "drawn" })]);
    }

    /// <summary>The same images in other rows of a manifest.</summary>
    public static TrainingSet With(this TrainingSet set, Func<ManifestEntry, int, ManifestEntry> change) =>
        new(set.Side, set.Classes, set.Images, set.Lungs, set.Labels, [.. set.Entries.Select(change)]);

    public static TrainingOptions Options { get; } = new()
    {
        Network = TinyNetworks.Product,
        Side = TinyNetworks.Side,
        BatchSize = 16,
        EncoderEpochs = 2,
        MapEpochs = 2,
        WarmupSteps = 4,
        Threads = 1,
    };
}
