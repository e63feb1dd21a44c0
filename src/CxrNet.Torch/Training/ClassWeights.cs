namespace CxrNet.Torch.Training;

/// <summary>Weights of the classes in the cross-entropy: (1 / share)^balance, scaled to mean 1 over the images.</summary>
internal static class ClassWeights
{
    public static float[] Of(ReadOnlySpan<int> labels, int classes, double balance)
    {
        double[] counts = new double[classes];
        foreach (int label in labels)
        {
            counts[label]++;
        }

        double[] weights = Array.ConvertAll(counts, count => count > 0 ? Math.Pow(count, -balance) : 0);
        double mean = weights.Zip(counts, static (w, n) => w * n).Sum() / labels.Length;
        return Array.ConvertAll(weights, w => (float)(w / mean));
    }
}
