using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrNet.Torch.Training;

/// <summary>Random masks as in EVAL-X (Jethani et al. 2021, arXiv 2103.01890) on RISE's smooth grids: E2 learns to read the class from any part of an image.</summary>
internal static class RandomMasks
{
    /// <summary>[n, 1, side, side] in 0 … 1: bilinear 8x8 or 9x9 Bernoulli grids whose p is uniform, all ones for a share of the images, so that whole ones, which the classifier is asked about in the end, stay familiar.</summary>
    public static Tensor Draw(int count, int side, double wholeShare, Random random)
    {
        int cells = random.Next(8, 10);
        float[] grid = new float[count * cells * cells];
        for (int i = 0; i < count; i++)
        {
            double keep = random.NextDouble() < wholeShare ? 1 : random.NextDouble();
            foreach (ref float cell in grid.AsSpan(i * cells * cells, cells * cells))
            {
                cell = random.NextDouble() < keep ? 1 : 0;
            }
        }

        using Tensor coarse = tensor(grid, [count, 1, cells, cells]);
        return functional.interpolate(coarse, size: [side, side], mode: InterpolationMode.Bilinear, align_corners: false);
    }
}
