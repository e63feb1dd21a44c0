using static TorchSharp.torch;

namespace CxrNet.Torch.Training;

/// <summary>How far maps are from lesions that are known: one minus the soft Dice.</summary>
internal static class LesionLoss
{
    /// <summary>The mean over the images whose lesions are known; 0 where those of none are.</summary>
    /// <param name="map">[n, 1, S, S], 0 … 1.</param>
    /// <param name="lesions">[n, 1, S, S], 0 … 1; 1 throughout where nobody knows them. One without a lesion (it may have been moved out of the image) does not count.</param>
    public static Tensor Of(Tensor map, Tensor lesions)
    {
        long[] plane = [1, 2, 3];
        Tensor known = ((lesions.amin(plane) < 1) & (lesions.amax(plane) > 0.5)).to(map.dtype);
        return (known * (1 - SoftDice.Of(map, lesions))).sum() / known.sum().clamp(min: 1);
    }
}
