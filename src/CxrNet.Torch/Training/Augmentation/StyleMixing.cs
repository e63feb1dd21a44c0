using static TorchSharp.torch;

namespace CxrNet.Torch.Training;

/// <summary>MixStyle (Zhou et al. 2021, arXiv 2104.02008): the mean and standard deviation of each feature plane, where a hospital's look lies, are mixed with those of another image of the batch.</summary>
internal static class StyleMixing
{
    private const double BetaParameter = 0.1;

    /// <param name="planes">[n, c, h, w].</param>
    /// <param name="random">Chooses partners and weights.</param>
    public static Tensor Apply(Tensor planes, Random random)
    {
        long n = planes.shape[0];
        Tensor mean, deviation;
        using (no_grad())
        {
            mean = planes.mean([2, 3], keepdim: true);
            deviation = (planes.var([2, 3], unbiased: false, keepdim: true) + 1e-6).sqrt();
        }

        Tensor order = random.Order(n);
        Tensor own = random.Each(n, () => random.Beta(BetaParameter));
        Tensor mixedMean = (own * mean) + ((1 - own) * mean.index_select(0, order));
        Tensor mixedDeviation = (own * deviation) + ((1 - own) * deviation.index_select(0, order));

        // One product and one sum over the planes: they are the largest tensors of the network.
        Tensor scale = mixedDeviation / deviation;
        return (planes * scale) + (mixedMean - (mean * scale));
    }
}
