using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrNet.Torch.Training;

/// <summary>The strongest pixels of a map, as insertion and deletion curves take them (Petsiuk et al. 2018, arXiv 1806.07421): what teaches a map that the order of its values means something.</summary>
internal static class MapRanks
{
    // Least and greatest share of the pixels: below it nothing is seen, above it anything will do.
    private const double LeastShare = 0.02;
    private const double MostShare = 0.6;

    // Width of the step through which gradients flow, in standard deviations of the map's logits over an image.
    private const double Softness = 0.25;

    /// <summary>RISE blurs with a window of 11 pixels that is nearly flat; so does this.</summary>
    public static Tensor Blur(Tensor input) => functional.avg_pool2d(functional.avg_pool2d(input, (1, 11), (1, 1), (0, 5)), (11, 1), (1, 1), (5, 0));

    /// <summary>Sharp where it is asked for, blurred elsewhere: a point of an insertion curve.</summary>
    /// <param name="input">[n, 1, S, S].</param>
    /// <param name="sharp">[n, 1, S, S], 1 for the image and 0 for its blur.</param>
    public static Tensor Reveal(Tensor input, Tensor sharp) => (sharp * input) + ((1 - sharp) * Blur(input));

    /// <summary><see cref="DrawShare"/> for each image of a batch.</summary>
    public static double[] DrawShares(Random random, long count) => [.. Enumerable.Range(0, (int)count).Select(_ => DrawShare(random))];

    /// <summary>A share of the pixels for each image, denser towards small ones, where a curve is decided.</summary>
    public static double DrawShare(Random random) => LeastShare * Math.Pow(MostShare / LeastShare, random.NextDouble());

    /// <summary>1 where a map is among its strongest pixels, 0 elsewhere; backwards a smooth step (straight-through).</summary>
    /// <param name="logits">[n, 1, S, S], the map before its sigmoid.</param>
    /// <param name="shares">What share of the pixels, one for each image.</param>
    public static Tensor Strongest(Tensor logits, IReadOnlyList<double> shares)
    {
        long n = logits.shape[0], area = logits.shape[2] * logits.shape[3];
        Tensor thresholds, width;
        using (no_grad())
        {
            Tensor sorted = logits.detach().view(n, area).sort(1, descending: true).Values;
            Tensor ranks = tensor(shares.Select(share => Math.Clamp((long)(share * area), 0, area - 1)).ToArray(), [n, 1]);
            thresholds = sorted.gather(1, ranks).view(n, 1, 1, 1);
            width = (logits.detach().std([1L, 2L, 3L], unbiased: false, keepdim: true) * Softness).clamp_min(1e-3);
        }

        Tensor soft = ((logits - thresholds) / width).sigmoid();
        Tensor hard = (logits.detach() > thresholds).to(ScalarType.Float32);
        return hard + soft - soft.detach();
    }
}
