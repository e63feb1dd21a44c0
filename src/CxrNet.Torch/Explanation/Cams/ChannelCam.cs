using CxrNet.Torch.Explanation;
using static TorchSharp.torch;

namespace CxrNet.Torch;

/// <summary>CAMs that are a weighted sum of the planes: sum over c of w_c A_c.</summary>
public abstract class ChannelCam : CamExplanation
{
    private protected ChannelCam(ExplainableNetwork network, TorchExplanationOptions? options)
        : base(network, options)
    {
    }

    /// <summary>The weights of the planes, for who wants to know which of them the map is made from.</summary>
    /// <param name="images">Grey planes of any size, row-major, 0 = black, 1 = white.</param>
    /// <param name="target">Which finding to explain.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <returns>One array per image, in the same order: the weights of the target layer's planes; of several layers one after the other, from the input on.</returns>
    /// <exception cref="CxrModelException">The backend failed; see InnerException.</exception>
    /// <exception cref="ArgumentException">The model has no finding of that name.</exception>
    public IReadOnlyList<float[]> ChannelWeights(IReadOnlyList<GrayImage> images, ExplanationTarget target = default, CancellationToken cancellationToken = default)
    {
        List<float[]> all = [];
        ForEachBatch(
            images,
            target,
            run =>
            {
                Tensor weights = cat([.. LayersOf(run).Select(Weights)], 1).cpu().contiguous();
                all.AddRange(weights.data<float>().Chunk((int)weights.shape[1]));
            },
            cancellationToken);
        return all;
    }

    /// <summary>[n, c].</summary>
    private protected abstract Tensor Weights(CamLayer layer);

    private protected sealed override Tensor Map(CamLayer layer) =>
        (Weights(layer).unsqueeze(-1).unsqueeze(-1) * layer.Activations).sum(1);
}
