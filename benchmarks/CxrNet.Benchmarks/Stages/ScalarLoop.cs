namespace CxrNet.Benchmarks.Stages;

/// <summary>What one writes without thinking of speed: grey, antialiased bilinear resize, rescale, one number after the other, in double precision. Also the reference for errors.</summary>
internal static class ScalarLoop
{
    /// <summary>The triangle filter widened by the scale, as the library's default defines it.</summary>
    public static void Run(DecodedImage image, Span<float> destination, int newWidth, int newHeight)
    {
        float[] gray = new float[image.Width * image.Height];
        for (int i = 0; i < gray.Length; i++)
        {
            gray[i] = Gray(image, i);
        }

        (int Start, double[] Weights)[] columns = Taps(image.Width, newWidth), rows = Taps(image.Height, newHeight);
        double[] across = new double[newWidth * image.Height];
        for (int y = 0; y < image.Height; y++)
        {
            for (int x = 0; x < newWidth; x++)
            {
                double sum = 0;
                for (int k = 0; k < columns[x].Weights.Length; k++)
                {
                    sum += columns[x].Weights[k] * gray[(y * image.Width) + columns[x].Start + k];
                }

                across[(y * newWidth) + x] = sum;
            }
        }

        for (int y = 0; y < newHeight; y++)
        {
            for (int x = 0; x < newWidth; x++)
            {
                double sum = 0;
                for (int k = 0; k < rows[y].Weights.Length; k++)
                {
                    sum += rows[y].Weights[k] * across[((rows[y].Start + k) * newWidth) + x];
                }

                destination[(y * newWidth) + x] = (float)sum;
            }
        }
    }

    private static float Gray(DecodedImage image, int i)
    {
        ReadOnlySpan<byte> samples = image.Samples.Span;
        return image switch
        {
            { Channels: 3 } => ((0.299f * samples[3 * i]) + (0.587f * samples[(3 * i) + 1]) + (0.114f * samples[(3 * i) + 2])) / 255f,
            { Format: SampleFormat.UInt8 } => samples[i] / 255f,
            _ => (samples[2 * i] | (samples[(2 * i) + 1] << 8)) / 65535f,
        };
    }

    private static (int Start, double[] Weights)[] Taps(int source, int destination)
    {
        double scale = (double)source / destination;
        (int, double[])[] taps = new (int, double[])[destination];
        for (int i = 0; i < destination; i++)
        {
            double center = (i + 0.5) * scale;
            int start = Math.Max(0, (int)(center - scale + 0.5)), end = Math.Min(source, (int)(center + scale + 0.5));
            double[] weights = new double[end - start];
            for (int k = 0; k < weights.Length; k++)
            {
                weights[k] = Math.Max(0, 1 - Math.Abs((start + k - center + 0.5) / scale));
            }

            double sum = weights.Sum();
            taps[i] = (start, Array.ConvertAll(weights, weight => weight / sum));
        }

        return taps;
    }
}
