namespace CxrNet.Evaluation;

/// <summary>What an image becomes where its evidence is taken away.</summary>
public static class ReferenceImages
{
    /// <summary>One grey level everywhere.</summary>
    /// <param name="image">Gives the size.</param>
    /// <param name="level">0 = black … 1 = white.</param>
    public static GrayImage Constant(GrayImage image, float level)
    {
        ArgumentNullException.ThrowIfNull(image);
        float[] pixels = new float[image.Pixels.Length];
        Array.Fill(pixels, level);
        return new GrayImage(image.Width, image.Height, pixels, image.Info);
    }

    /// <summary>The image's mean everywhere: zero for a network that standardises each image.</summary>
    public static GrayImage Mean(GrayImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        double sum = 0;
        foreach (float pixel in image.Pixels)
        {
            sum += pixel;
        }

        return Constant(image, (float)(sum / image.Pixels.Length));
    }

    /// <summary>The blur of RISE's insertion curve: 11 x 11, sigma 5, 0 beyond the border in the image's own numbers: black for grey levels, and for an image that was standardised its mean, as in the paper's code.</summary>
    /// <remarks>V. Petsiuk et al., BMVC 2018 (arXiv 1806.07421). Its kernel is a Gaussian filter's answer to a point in an 11 x 11 window that reflects at its own border, so it is flatter than a truncated Gaussian.</remarks>
    public static GrayImage RiseBlur(GrayImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        double[] kernel = RiseKernel();
        float[] rows = new float[image.Pixels.Length];
        float[] blurred = new float[rows.Length];
        for (int y = 0; y < image.Height; y++)
        {
            Convolve(image.Pixels.Slice(y * image.Width, image.Width), rows.AsSpan(y * image.Width), 1, image.Width, kernel);
        }

        for (int x = 0; x < image.Width; x++)
        {
            Convolve(rows.AsSpan(x), blurred.AsSpan(x), image.Width, image.Height, kernel);
        }

        return new GrayImage(image.Width, image.Height, blurred, image.Info);
    }

    /// <summary>One axis of the kernel; the kernel is their outer product.</summary>
    internal static double[] RiseKernel()
    {
        const int Length = 11;
        const double Sigma = 5;
        const int Radius = 20;   // four sigmas, where the filter ends
        double[] kernel = new double[Length];
        double sum = 0;
        for (int offset = -Radius; offset <= Radius; offset++)
        {
            sum += Math.Exp(-offset * offset / (2 * Sigma * Sigma));
        }

        for (int i = 0; i < Length; i++)
        {
            for (int offset = -Radius; offset <= Radius; offset++)
            {
                // (d c b a | a b c d | d c b a)
                int at = ((i + offset) % (2 * Length) + (2 * Length)) % (2 * Length);
                at = at < Length ? at : (2 * Length) - 1 - at;
                kernel[i] += at == Length / 2 ? Math.Exp(-offset * offset / (2 * Sigma * Sigma)) / sum : 0;
            }
        }

        return kernel;
    }

    private static void Convolve(ReadOnlySpan<float> source, Span<float> destination, int stride, int count, double[] kernel)
    {
        int half = kernel.Length / 2;
        for (int i = 0; i < count; i++)
        {
            double sum = 0;
            for (int k = Math.Max(0, half - i); k < Math.Min(kernel.Length, count + half - i); k++)
            {
                sum += kernel[k] * source[(i + k - half) * stride];
            }

            destination[i * stride] = (float)sum;
        }
    }
}
