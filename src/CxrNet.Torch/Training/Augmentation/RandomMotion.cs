using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrNet.Torch.Training;

/// <summary>Rotation, shift, scale, and rows against columns.</summary>
internal static class RandomMotion
{
    public static (Tensor Images, Tensor Lungs) Apply(Tensor images, Tensor lungs, AugmentationOptions options, Random random)
    {
        long n = images.shape[0];
        using Tensor grid = functional.affine_grid(Transforms((int)n, options, random), [n, 2, images.shape[2], images.shape[3]], align_corners: false);
        Tensor moved = functional.grid_sample(cat([images, lungs], 1), grid, GridSampleMode.Bilinear, GridSamplePaddingMode.Zeros, align_corners: false);
        return (moved.narrow(1, 0, 1), moved.narrow(1, 1, 1));
    }

    private static Tensor Transforms(int count, AugmentationOptions options, Random random)
    {
        float[] theta = new float[count * 6];
        for (int i = 0; i < count; i++)
        {
            double angle = random.Uniform(options.Angle * Math.PI / 180);
            double scale = 1 + random.Uniform(options.Scale);
            double across = scale * Math.Exp(random.Uniform(options.Aspect));
            Span<float> matrix = theta.AsSpan(i * 6, 6);
            matrix[0] = (float)(Math.Cos(angle) * across);
            matrix[1] = (float)(-Math.Sin(angle) * across);
            matrix[2] = (float)(2 * random.Uniform(options.Shift));
            matrix[3] = (float)(Math.Sin(angle) * scale);
            matrix[4] = (float)(Math.Cos(angle) * scale);
            matrix[5] = (float)(2 * random.Uniform(options.Shift));
        }

        return tensor(theta, [count, 2, 3]);
    }
}
