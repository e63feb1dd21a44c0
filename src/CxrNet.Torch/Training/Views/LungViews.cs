using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CxrNet.Torch.Training;

/// <summary>Shows only the lungs of some images.</summary>
internal static class LungViews
{
    // Up to this many pixels around the lungs, per 192 of the side: a margin that varies cannot be learnt as an outline.
    private const int MostMargin = 12;

    /// <summary>Replaces the masks of a share of the images by their lungs; where lungs are the whole plane (no mask is known), nothing changes.</summary>
    /// <param name="masks">[n, 1, S, S], what is shown of each image.</param>
    /// <param name="lungs">[n, 1, S, S], 0 … 1.</param>
    /// <param name="share">0 … 1.</param>
    /// <param name="random">Chooses the images and the margin.</param>
    public static Tensor Show(Tensor masks, Tensor lungs, double share, Random random)
    {
        if (share <= 0)
        {
            return masks;
        }

        Tensor widened = Widen(lungs, random);
        Tensor choose = random.Choose(masks.shape[0], share);
        return (choose * widened) + ((1 - choose) * masks);
    }

    /// <summary>Lungs with a random margin around them, the same for all images.</summary>
    /// <param name="lungs">[n, 1, S, S], 0 … 1.</param>
    /// <param name="random">Draws the margin.</param>
    public static Tensor Widen(Tensor lungs, Random random)
    {
        int margin = random.Next((int)(MostMargin * lungs.shape[3] / 192) + 1);
        return margin == 0 ? lungs : functional.max_pool2d(lungs, (2 * margin) + 1, 1, margin);
    }
}
