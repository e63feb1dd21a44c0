using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrNet.Torch.Training;

/// <summary>Images as on a point of an insertion curve (Petsiuk et al. 2018, arXiv 1806.07421) whose order of pixels says nothing: some pixels sharp, the others blurred.</summary>
/// <remarks>A network that never met such images answers by the pattern of the pixels that came back, and a curve then rewards whoever finds such patterns; what EVAL-X (Jethani et al. 2021, arXiv 2103.01890) does for removed parts, this does for blurred ones.</remarks>
internal static class RandomReveals
{
    // Cells of the random order, in pixels: from single ones to an eighth of a side of 192.
    private static readonly int[] CellSizes = [1, 2, 4, 8, 16, 24];

    /// <summary>Replaces a share of the images.</summary>
    /// <param name="input">[n, 1, S, S], standardised.</param>
    /// <param name="share">0 … 1.</param>
    /// <param name="random">Every draw comes from it.</param>
    public static Tensor Apply(Tensor input, double share, Random random)
    {
        if (share <= 0)
        {
            return input;
        }

        long n = input.shape[0], side = input.shape[3];
        long cells = Math.Max(1, side / CellSizes[random.Next(CellSizes.Length)]);
        using Generator generator = new((ulong)random.NextInt64());
        using Tensor coarse = randn([n, 1, cells, cells], generator: generator);
        using Tensor field = cells == side ? coarse.alias() : functional.interpolate(coarse, size: [side, side], mode: InterpolationMode.Bilinear, align_corners: false);

        // A normal field, cut at a normal draw: the share above it is uniform in 0 … 1 and nothing has to be sorted. Enlarged fields are narrower, hence the deviation.
        using Tensor deviation = field.std([1L, 2L, 3L], unbiased: false, keepdim: true).clamp_min(1e-6);
        using Tensor cut = randn([n, 1, 1, 1], generator: generator);
        using Tensor sharp = (field > (cut * deviation)).to(ScalarType.Float32);
        using Tensor choose = random.Choose(n, share);
        using Tensor kept = 1 - (choose * (1 - sharp));
        return MapRanks.Reveal(input, kept);
    }
}
