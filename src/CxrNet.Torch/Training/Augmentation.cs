using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrNet.Torch.Training;

/// <summary>Rotation ±10°, shift ±8 %, scale ±10 % and each way apart ±8 %, gamma, noise, loss of sharpness. No flips: the heart is on the left.</summary>
internal static class Augmentation
{
    private const double MaxAngle = 10 * Math.PI / 180;
    private const double MaxShift = 0.08;
    private const double MaxScale = 0.1;
    private const double MaxAspect = 0.08;
    private const double MaxLogGamma = 0.35;
    private const double Noise = 0.02;

    // The sharpness of a film tells its hospital; a third of each batch loses it, so that it is no cue.
    private const double BlurredShare = 0.33;

    /// <summary>Changes images and masks alike; images stay in 0 … 1.</summary>
    public static (Tensor Images, Tensor Lungs) Apply(Tensor images, Tensor lungs, Random random)
    {
        long n = images.shape[0];
        using Tensor grid = functional.affine_grid(Transforms((int)n, random), [n, 2, images.shape[2], images.shape[3]], align_corners: false);
        Tensor moved = functional.grid_sample(cat([images, lungs], 1), grid, GridSampleMode.Bilinear, GridSamplePaddingMode.Zeros, align_corners: false);
        Tensor grey = moved.narrow(1, 0, 1);
        grey = grey.clamp(1e-4, 1).pow(Gammas((int)n, random));
        long blurred = (long)(n * BlurredShare);
        if (blurred > 0)
        {
            grey = cat([Soften(grey.narrow(0, 0, blurred), random), grey.narrow(0, blurred, n - blurred)], 0);
        }

        using Generator generator = new((ulong)random.NextInt64());
        grey = (grey + (randn(grey.shape, generator: generator) * (random.NextDouble() * Noise))).clamp_(0, 1);
        return (grey, moved.narrow(1, 1, 1));
    }

    // Along rows, columns or both: copies that were squashed once and stretched back have lost it one way.
    private static Tensor Soften(Tensor images, Random random)
    {
        int kind = random.Next(4);
        (int rows, int columns) = kind switch { 0 => (2, 1), 1 => (1, 2), _ => (2, 2) };
        using Tensor small = functional.avg_pool2d(images, (rows, columns), (rows, columns));
        return functional.interpolate(small, size: [images.shape[2], images.shape[3]], mode: InterpolationMode.Bilinear, align_corners: false);
    }

    private static Tensor Transforms(int count, Random random)
    {
        float[] theta = new float[count * 6];
        for (int i = 0; i < count; i++)
        {
            double angle = Uniform(random, MaxAngle);
            double scale = 1 + Uniform(random, MaxScale);
            double across = scale * (1 + Uniform(random, MaxAspect));
            Span<float> matrix = theta.AsSpan(i * 6, 6);
            matrix[0] = (float)(Math.Cos(angle) * across);
            matrix[1] = (float)(-Math.Sin(angle) * across);
            matrix[2] = (float)(2 * Uniform(random, MaxShift));
            matrix[3] = (float)(Math.Sin(angle) * scale);
            matrix[4] = (float)(Math.Cos(angle) * scale);
            matrix[5] = (float)(2 * Uniform(random, MaxShift));
        }

        return tensor(theta, [count, 2, 3]);
    }

    private static Tensor Gammas(int count, Random random)
    {
        float[] gammas = new float[count];
        for (int i = 0; i < count; i++)
        {
            gammas[i] = (float)Math.Exp(Uniform(random, MaxLogGamma));
        }

        return tensor(gammas, [count, 1, 1, 1]);
    }

    private static double Uniform(Random random, double most) => ((2 * random.NextDouble()) - 1) * most;
}
