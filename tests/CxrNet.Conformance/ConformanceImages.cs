namespace CxrNet.Conformance;

/// <summary>Images that differ from each other in size and content.</summary>
public static class ConformanceImages
{
    /// <summary>Waves of a frequency that the seed chooses, under a little noise.</summary>
    public static GrayImage Make(int seed, int width = 40, int height = 36)
    {
        Random random = new(seed);
        double fx = 1 + (6 * random.NextDouble());
        double fy = 1 + (6 * random.NextDouble());
        float[] pixels = new float[width * height];
        for (int i = 0; i < pixels.Length; i++)
        {
            double wave = 0.5 + (0.2 * Math.Sin(fx * (i % width) / width * Math.PI)) + (0.2 * Math.Cos(fy * (i / width) / height * Math.PI));
            pixels[i] = (float)Math.Clamp(wave + (0.1 * random.NextDouble()), 0, 1);
        }

        return new GrayImage(width, height, pixels);
    }

    /// <summary>So many images, each of another size.</summary>
    public static GrayImage[] Several(int count) => [.. Enumerable.Range(0, count).Select(i => Make(i, 33 + (7 * i), 61 - (3 * (i % 9))))];

    /// <summary>Sizes that break code which divides, rounds or tiles carelessly.</summary>
    public static TheoryData<int, int> OddSizes => new() { { 1, 1 }, { 1, 200 }, { 3000, 2 }, { 2, 3 }, { 33, 31 }, { 700, 500 } };
}
