namespace CxrNet.Torch.Training;

/// <summary>Gives images the ratio of width to height of other images.</summary>
/// <remarks>A network sees every image stretched to a square, and how wide it was remains visible in ribs and heart. Where the sick are filmed wider than the healthy, the ratio tells the class. With ratios drawn from the whole set it tells nothing, whatever its distribution is.</remarks>
internal static class AspectExchange
{
    /// <summary>By what logarithm the ratio of each image is to change; 0 where it keeps its own.</summary>
    /// <param name="logAspects">Logarithms of the ratios of the whole set; empty where all are alike.</param>
    /// <param name="rows">The images of a batch.</param>
    /// <param name="share">How many of them take over another's ratio, 0 … 1.</param>
    /// <param name="random">Chooses them and the others.</param>
    public static float[] Draw(ReadOnlySpan<float> logAspects, ReadOnlySpan<int> rows, double share, Random random)
    {
        if (share <= 0 || logAspects.IsEmpty)
        {
            return [];
        }

        float[] changes = new float[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            float other = logAspects[random.Next(logAspects.Length)];
            changes[i] = random.NextDouble() < share ? other - logAspects[rows[i]] : 0;
        }

        return changes;
    }
}
