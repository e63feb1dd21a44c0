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

    /// <summary>Images and lungs of the batch, some of them in another body, and which these are. Where the lungs of either image are not known, nothing changes.</summary>
    /// <param name="images">[n, 1, S, S], 0 … 1.</param>
    /// <param name="lungs">[n, 1, S, S], 0 … 1.</param>
    /// <param name="bodies">[n, 1, S, S], the other images.</param>
    /// <param name="bodyLungs">[n, 1, S, S], their lungs.</param>
    /// <param name="share">How many, 0 … 1.</param>
    /// <param name="detailShare">How many of them take over the other lungs' detail: what is finer than a width that is drawn anew for each batch.</param>
    /// <param name="random">Chooses them.</param>
    /// <param name="movable">[n], whether an image may be among them; null (the default) where all may.</param>
    public static (Tensor Images, Tensor Lungs, long[] Moved) Apply(Tensor images, Tensor lungs, Tensor bodies, Tensor bodyLungs, double share, double detailShare, Random random, IReadOnlyList<bool>? movable = null)
    {
        (LungBox Box, bool Known)[] from = LungBox.Of(lungs), to = LungBox.Of(bodyLungs);
        long[] chosen = [.. Enumerable.Range(0, from.Length).Where(i => random.NextDouble() < share && from[i].Known && to[i].Known && (movable is null || movable[i])).Select(static i => (long)i)];
        if (chosen.Length == 0)
        {
            return (images, lungs, chosen);
        }

        float[] theta = [.. chosen.SelectMany(i => FramingChange.Between(from[i].Box, to[i].Box).ToMatrix())];

        // Only those are computed: the others would be most of a loader's work.
        using Tensor rows = tensor(chosen), stretch = tensor(theta, [chosen.Length, 2, 3]);
        (Tensor moved, Tensor movedLungs) = Move(images.index_select(0, rows), lungs.index_select(0, rows), bodies.index_select(0, rows), bodyLungs.index_select(0, rows), stretch, detailShare, random);
        return (images.index_copy(0, rows, moved), lungs.index_copy(0, rows, movedLungs), chosen);
    }

    /// <summary>Which image of the set each of a batch shows: of a transplanted one the picture, and so the ratio of width to height, is the body's.</summary>
    public static int[] Films(ReadOnlySpan<int> rows, ReadOnlySpan<int> bodies, ReadOnlySpan<long> moved)
    {
        int[] films = rows.ToArray();
        foreach (long i in moved)
        {
            films[i] = bodies[(int)i];
        }

        return films;
    }

    private static (Tensor Images, Tensor Lungs) Move(Tensor images, Tensor lungs, Tensor bodies, Tensor bodyLungs, Tensor stretch, double detailShare, Random random)
    {
        long n = images.shape[0], side = images.shape[3];
        Tensor toned = Standardization.PerImage(images);
        using (Tensor mean = bodies.mean([2, 3], keepdim: true))
        using (Tensor deviation = bodies.std([2L, 3L], unbiased: false, keepdim: true))
        {
            toned = ((toned * deviation) + mean).clamp_(0, 1);
        }

        using Tensor grid = functional.affine_grid(stretch, [n, 2, side, side], align_corners: false);
        Tensor moved = functional.grid_sample(cat([toned, lungs], 1), grid, GridSampleMode.Bilinear, GridSamplePaddingMode.Border, align_corners: false);
        (Tensor inner, Tensor movedLungs) = (moved.narrow(1, 0, 1), moved.narrow(1, 1, 1));
        if (detailShare > 0)
        {
            double coarseness = FinestDetail + (random.NextDouble() * (CoarsestDetail - FinestDetail));
            int radius = (int)Math.Max(1, coarseness * side / 192);
            Tensor detail = (bodies - Smooth(bodies, radius)) - (inner - Smooth(inner, radius));
            inner = (inner + (random.Choose(n, detailShare) * detail)).clamp_(0, 1);
        }

        // The other lungs must go too: they carry another label.
        int margin = (int)Math.Max(1, Margin * side / 192);
        Tensor blend = Soften(Widen(maximum(movedLungs, bodyLungs), margin), margin);
        return ((blend * inner) + ((1 - blend) * bodies), movedLungs);
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
