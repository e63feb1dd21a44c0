using CxrNet.Torch.Networks;
using static TorchSharp.torch;

namespace CxrNet.Torch.Training;

/// <summary>Images without their evidence: the map's strongest pixels blurred or taken away, or the lungs. The encoder learns to answer all classes alike there.</summary>
/// <remarks><see cref="MapReveals"/> asks it to answer from what the map calls the evidence; this asks it not to answer from the rest, so that neither a hospital's habits around the lungs nor redundant detail stand in for what was shown.</remarks>
internal static class WithheldEvidence
{
    // At least about a whole map goes: an image that has lost a little of its evidence still shows its class.
    private const double LeastShare = 0.25;
    private const double MostShare = 0.6;

    // The map's pixels blurred, or removed; without the lungs as often as both together.
    private const int WaysOfPixels = 2;
    private const int Ways = 4;

    /// <summary>Changes a share of the images.</summary>
    /// <param name="map">E1 and D; no gradient reaches it.</param>
    /// <param name="input">[n, 1, S, S], standardised.</param>
    /// <param name="lungs">[n, 1, S, S], 0 … 1.</param>
    /// <param name="share">0 … 1.</param>
    /// <param name="random">Every draw comes from it.</param>
    /// <returns>The images, and [n] with 1 for each that was changed.</returns>
    public static (Tensor Shown, Tensor Withheld) Apply(MapNetwork map, Tensor input, Tensor lungs, double share, Random random)
    {
        long n = input.shape[0];
        if (share <= 0)
        {
            return (input, zeros(n));
        }

        using var frozen = no_grad();
        Tensor withheld = random.Choose(n, share);
        double[] shares = [.. Enumerable.Range(0, (int)n).Select(_ => LeastShare + ((MostShare - LeastShare) * random.NextDouble()))];

        // Where nobody knows the lungs they cannot be taken away: the map's pixels are.
        int[] ways = [.. LungBox.Of(lungs).Select(one => random.Next(one.Known ? Ways : WaysOfPixels))];
        Tensor strongest = MapRanks.Strongest(Passes.Alone(() => map.Logits(input)), shares);
        Tensor blurred = MapRanks.Reveal(input, 1 - strongest), removed = input * (1 - strongest);
        Tensor changed = (Where(0) * blurred) + (Where(1) * removed) + (Where(2, 3) * WithoutLungs(input, LungViews.Widen(lungs, random)));
        return (((1 - withheld) * input) + (withheld * changed), withheld.view(n));

        Tensor Where(params int[] these) => tensor(ways.Select(one => these.Contains(one) ? 1f : 0).ToArray(), [n, 1, 1, 1]);
    }

    // As an evaluation blanks them out: the mean of what is left, then each image standardised anew.
    private static Tensor WithoutLungs(Tensor input, Tensor lungs)
    {
        Tensor rest = 1 - lungs;
        Tensor mean = (input * rest).sum([1, 2, 3], keepdim: true) / rest.sum([1, 2, 3], keepdim: true).clamp_min(1);
        return Standardization.PerImage((input * rest) + (mean * lungs));
    }
}
