using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrNet.Torch.Training;

/// <summary>Lays the lungs of some images into other bodies: what lies around the lungs then says nothing of the label.</summary>
/// <remarks>Of some, only the coarse shades go over, and the fine detail stays that of the other lungs: ribs and grain then say nothing either, and grown-up lungs without opacities exist even where every grown-up of a training is ill. The lungs are stretched from their own bounding box to that of the lungs that they take the place of, toned to the other image's mean and standard deviation, and blended in over a soft border around both.</remarks>
internal static class LungTransplant
{
    // Pixels per 192 of the side.
    private const double Margin = 5;
    private const double FinestDetail = 3;
    private const double CoarsestDetail = 10;

    /// <summary>Images and lungs of the batch, some of them in another body. Where the lungs of either image are not known, nothing changes.</summary>
    /// <param name="images">[n, 1, S, S], 0 … 1.</param>
    /// <param name="lungs">[n, 1, S, S], 0 … 1.</param>
    /// <param name="bodies">[n, 1, S, S], the other images.</param>
    /// <param name="bodyLungs">[n, 1, S, S], their lungs.</param>
    /// <param name="share">How many, 0 … 1.</param>
    /// <param name="detailShare">How many of them take over the other lungs' detail: what is finer than a width that is drawn anew for each batch.</param>
    /// <param name="random">Chooses them.</param>
    public static (Tensor Images, Tensor Lungs) Apply(Tensor images, Tensor lungs, Tensor bodies, Tensor bodyLungs, double share, double detailShare, Random random)
    {
        int n = (int)images.shape[0];
        long side = images.shape[3];
        (LungBox Box, bool Known)[] from = LungBox.Of(lungs), to = LungBox.Of(bodyLungs);
        float[] theta = new float[n * 6], chosen = new float[n];
        for (int i = 0; i < n; i++)
        {
            chosen[i] = random.NextDouble() < share && from[i].Known && to[i].Known ? 1 : 0;
            LungBox.Stretch(from[i].Box, to[i].Box, theta.AsSpan(i * 6, 6));
        }

        Tensor toned = Standardization.PerImage(images);
        using (Tensor mean = bodies.mean([2, 3], keepdim: true))
        using (Tensor deviation = bodies.std([2L, 3L], unbiased: false, keepdim: true))
        {
            toned = ((toned * deviation) + mean).clamp_(0, 1);
        }

        using Tensor grid = functional.affine_grid(tensor(theta, [n, 2, 3]), [n, 2, side, side], align_corners: false);
        Tensor moved = functional.grid_sample(cat([toned, lungs], 1), grid, GridSampleMode.Bilinear, GridSamplePaddingMode.Border, align_corners: false);
        Tensor movedLungs = moved.narrow(1, 1, 1);
        int margin = (int)Math.Max(1, Margin * side / 192);

        // The other lungs must go too: they carry another label.
        Tensor blend = Soften(Widen(maximum(movedLungs, bodyLungs), margin), margin);
        Tensor inner = moved.narrow(1, 0, 1);
        if (detailShare > 0)
        {
            double coarseness = FinestDetail + (random.NextDouble() * (CoarsestDetail - FinestDetail));
            int radius = (int)Math.Max(1, coarseness * side / 192);
            Tensor detail = (bodies - Smooth(bodies, radius)) - (inner - Smooth(inner, radius));
            inner = (inner + (random.Choose(n, detailShare) * detail)).clamp_(0, 1);
        }

        Tensor transplanted = (blend * inner) + ((1 - blend) * bodies);
        Tensor choose = tensor(chosen, [n, 1, 1, 1]);
        return ((choose * transplanted) + ((1 - choose) * images), (choose * movedLungs) + ((1 - choose) * lungs));
    }

    // Columns, then rows: a window of 11 x 11 at once costs five times as much.
    private static Tensor Widen(Tensor planes, int margin)
    {
        int length = (2 * margin) + 1;
        return functional.max_pool2d(functional.max_pool2d(planes, (1, length), (1, 1), (0, margin)), (length, 1), (1, 1), (margin, 0));
    }

    // Two windows behind each other: near enough to a Gaussian.
    private static Tensor Smooth(Tensor planes, int radius) => Soften(Soften(planes, radius), radius);

    private static Tensor Soften(Tensor planes, int margin)
    {
        int length = (2 * margin) + 1;
        Tensor rows = functional.avg_pool2d(planes, (1, length), (1, 1), (0, margin), count_include_pad: false);
        return functional.avg_pool2d(rows, (length, 1), (1, 1), (margin, 0), count_include_pad: false);
    }
}
