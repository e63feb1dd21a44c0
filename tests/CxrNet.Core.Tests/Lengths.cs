namespace CxrNet.Core.Tests;

/// <summary>Lengths that reach every tail of every vector width, then a real tile.</summary>
public static class Lengths
{
    public static TheoryData<int> EveryTail => [.. Enumerable.Range(1, 130), 224 * 224];

    /// <summary>Reproducible numbers 0 … 1.</summary>
    public static float[] Noise(int length, int seed = 1)
    {
        Random random = new(seed);
        float[] values = new float[length];
        for (int i = 0; i < length; i++)
        {
            values[i] = random.NextSingle();
        }

        return values;
    }
}
