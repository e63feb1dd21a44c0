using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrNet.Torch.Training;

/// <summary>A random exponent of the grey values, and more or less of what a neighbourhood has in common.</summary>
internal static class RandomTone
{
    // Neighbourhoods of an eighth of the side: about as large as what vendors' multi-frequency processing calls low frequencies.
    private const int Neighbourhoods = 8;

    public static Tensor Apply(Tensor images, AugmentationOptions options, Random random)
    {
        long n = images.shape[0], side = images.shape[3];
        Tensor grey = images.clamp(1e-4, 1).pow(random.Each(n, () => Math.Exp(random.Uniform(options.LogGamma))));
        if (options.LocalContrast <= 0)
        {
            return grey;
        }

        int step = (int)Math.Max(1, side / Neighbourhoods);
        using Tensor coarse = functional.avg_pool2d(grey, step, step);
        using Tensor low = functional.interpolate(coarse, size: [side, side], mode: InterpolationMode.Bilinear, align_corners: false);

        // Around the image's own mean, so that its brightness stays.
        using Tensor mean = grey.mean([2, 3], keepdim: true);
        return (grey - (random.Each(n, () => random.Uniform(options.LocalContrast)) * (low - mean))).clamp_(0, 1);
    }
}
