using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrNet.Torch.Training;

/// <summary>Rotation, shift, scale, and rows against columns.</summary>
/// <remarks>What lies beyond an image's border is its mirror image: black bars would tell which way an image was stretched. It has neither lungs nor lesions. A full plane is no mask, it says that nobody knows them, and stays full.</remarks>
internal static class RandomMotion
{
    public static (Tensor Images, Tensor Masks) Apply(Tensor images, Tensor masks, AugmentationOptions options, Random random, ReadOnlySpan<float> stretches = default, ReadOnlySpan<FramingChange?> framings = default)
    {
        long n = images.shape[0];
        using Tensor grid = functional.affine_grid(Transforms((int)n, options, random, stretches, framings), [n, 2, images.shape[2], images.shape[3]], align_corners: false);
        using Tensor unknown = (masks.amin([2, 3], keepdim: true) == 1).to(masks.dtype);
        return (functional.grid_sample(images, grid, GridSampleMode.Bilinear, GridSamplePaddingMode.Reflection, align_corners: false),
            maximum(unknown, functional.grid_sample(masks, grid, GridSampleMode.Bilinear, GridSamplePaddingMode.Zeros, align_corners: false)));
    }

    private static Tensor Transforms(int count, AugmentationOptions options, Random random, ReadOnlySpan<float> stretches, ReadOnlySpan<FramingChange?> framings)
    {
        float[] theta = new float[count * 6];
        for (int i = 0; i < count; i++)
        {
            double angle = random.Uniform(options.Angle * Math.PI / 180);
            double scale = 1 + random.Uniform(options.Scale);
            double across = scale * Math.Exp(random.Uniform(options.Aspect));
            double down = scale;
            FramingChange? framing = framings.Length > 0 ? framings[i] : null;
            if (stretches.Length > 0)
            {
                // Another's framing brings its ratio along.
                double byRows = random.NextDouble(), stretch = framing is null ? stretches[i] : 0;
                across *= Math.Exp((1 - byRows) * stretch);
                down *= Math.Exp(-byRows * stretch);
            }

            Span<float> matrix = theta.AsSpan(i * 6, 6);
            matrix[0] = (float)(Math.Cos(angle) * across);
            matrix[1] = (float)(-Math.Sin(angle) * across);
            matrix[2] = (float)(2 * random.Uniform(options.Shift));
            matrix[3] = (float)(Math.Sin(angle) * down);
            matrix[4] = (float)(Math.Cos(angle) * down);
            matrix[5] = (float)(2 * random.Uniform(options.Shift));
            framing?.Follow(matrix);
        }

        return tensor(theta, [count, 2, 3]);
    }
}
