using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrNet.Torch.Training;

/// <summary>Softens most images and sharpens some, each by its own Gaussian, along rows and columns apart.</summary>
/// <remarks>Computes <c>x + a (x - G x)</c> with a in -1 … 0 (softer), 0 … 1 (unsharp masking) or 0, and G a Gaussian of its own width each way.</remarks>
internal static class RandomSharpness
{
    private const int Radius = 5;
    private const double LeastDeviation = 0.3;
    private const double SoftenedShare = 0.6;
    private const double SharpenedShare = 0.2;

    public static Tensor Apply(Tensor images, double blur, Random random)
    {
        if (blur <= 0)
        {
            return images;
        }

        long n = images.shape[0], side = images.shape[3];
        double most = blur * side / 192;

        // One group for each image: every image meets its own kernel in one convolution.
        using Tensor stacked = images.view(1, n, side, side);
        using Tensor padded = functional.pad(stacked, [Radius, Radius, Radius, Radius], mode: TorchSharp.PaddingModes.Replicate);
        using Tensor across = functional.conv2d(padded, Kernels(n, most, random).view(n, 1, 1, (2 * Radius) + 1), groups: n);
        using Tensor soft = functional.conv2d(across, Kernels(n, most, random).view(n, 1, (2 * Radius) + 1, 1), groups: n).view(n, 1, side, side);
        return (images + (random.Each(n, () => Amount(random)) * (images - soft))).clamp_(0, 1);
    }

    private static double Amount(Random random)
    {
        double kind = random.NextDouble();
        return kind < SoftenedShare ? -random.NextDouble() : kind < SoftenedShare + SharpenedShare ? random.NextDouble() : 0;
    }

    private static Tensor Kernels(long count, double most, Random random)
    {
        const int Length = (2 * Radius) + 1;
        float[] kernels = new float[count * Length];
        for (int i = 0; i < count; i++)
        {
            double deviation = LeastDeviation + (random.NextDouble() * Math.Max(0, most - LeastDeviation));
            Span<float> kernel = kernels.AsSpan(i * Length, Length);
            float sum = 0;
            for (int k = -Radius; k <= Radius; k++)
            {
                sum += kernel[k + Radius] = (float)Math.Exp(-0.5 * k * k / (deviation * deviation));
            }

            foreach (ref float value in kernel)
            {
                value /= sum;
            }
        }

        return tensor(kernels);
    }
}
