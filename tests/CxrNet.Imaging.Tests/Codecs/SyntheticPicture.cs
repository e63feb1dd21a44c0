namespace CxrNet.Imaging.Tests.Codecs;

/// <summary>A picture made from a formula: a smooth slope, a sharp-edged flat disc (for run modes), and a noisy corner.</summary>
internal static class SyntheticPicture
{
    public static int[] Make(int width, int height, int components, int bits)
    {
        int top = (1 << bits) - 1;
        Random random = new(width * 31 + height);
        int[] samples = new int[width * height * components];
        for (int i = 0; i < samples.Length; i++)
        {
            int component = i % components;
            double x = (double)(i / components % width) / width;
            double y = (double)(i / components / width) / height;
            double value = 0.15 + 0.35 * x + 0.25 * y * (component + 1) / components + 0.05 * Math.Sin(20 * x * y);
            if ((x - 0.4) * (x - 0.4) + (y - 0.5) * (y - 0.5) < 0.06)
            {
                value = 0.9 - 0.2 * component;
            }
            else if (x > 0.7 && y > 0.7)
            {
                value = random.NextDouble();
            }

            samples[i] = (int)(Math.Clamp(value, 0, 1) * top);
        }

        return samples;
    }
}
