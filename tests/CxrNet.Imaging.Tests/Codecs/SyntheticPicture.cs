namespace CxrNet.Imaging.Tests.Codecs;

/// <summary>A picture made from a formula of integers, the same everywhere: a slope, a sharp-edged flat disc (for run modes), and a noisy corner.</summary>
internal static class SyntheticPicture
{
    /// <summary>Interleaved, row-major, 0 … 2^bits - 1.</summary>
    public static int[] Make(int width, int height, int components, int bits)
    {
        int top = (1 << bits) - 1;
        uint noise = 12345;
        int[] samples = new int[width * height * components];
        for (int i = 0; i < samples.Length; i++)
        {
            int component = i % components;
            int x = i / components % width * 1000 / width;
            int y = i / components / width * 1000 / height;
            int value = 150 + 35 * x / 100 + 25 * y * (component + 1) / (100 * components) + x * y % 4000 / 100;
            if ((x - 400) * (x - 400) + (y - 500) * (y - 500) < 60_000)
            {
                value = 900 - 200 * component;
            }
            else if (x > 700 && y > 700)
            {
                noise = 1664525 * noise + 1013904223;
                value = (int)(noise >> 22);
            }

            samples[i] = (int)((long)Math.Min(value, 1000) * top / 1000);
        }

        return samples;
    }
}
