using CxrNet.Torch.Networks;
using static TorchSharp.torch;

namespace CxrNet.Torch.Training;

/// <summary>Images as on a point of their own map's insertion curve (Petsiuk et al. 2018, arXiv 1806.07421): the map's strongest pixels sharp, all others blurred.</summary>
/// <remarks><see cref="RandomReveals"/> asks E2 to answer from any sharp part; this asks it to answer from the part that the map calls the evidence, so that map and answer come to mean the same.</remarks>
internal static class MapReveals
{
    /// <summary>Replaces a share of the images.</summary>
    /// <param name="map">E1 and D; no gradient reaches it.</param>
    /// <param name="input">[n, 1, S, S], standardised.</param>
    /// <param name="share">0 … 1.</param>
    /// <param name="random">Every draw comes from it.</param>
    public static Tensor Apply(MapNetwork map, Tensor input, double share, Random random)
    {
        if (share <= 0)
        {
            return input;
        }

        double[] points = MapRanks.DrawShares(random, input.shape[0]);
        using var frozen = no_grad();
        Tensor choose = random.Choose(input.shape[0], share);
        Tensor strongest = MapRanks.Strongest(Passes.Alone(() => map.Logits(input)), points);
        return MapRanks.Reveal(input, 1 - (choose * (1 - strongest)));
    }
}
