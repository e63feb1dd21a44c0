using CxrNet.Torch.Explanation;
using static TorchSharp.torch;

namespace CxrNet.Torch;

/// <summary>Planes weighted by the finding's own weights in the head: B. Zhou et al. 2016 (arXiv 1512.04150).</summary>
/// <remarks>At the last planes' resolution; signed, or 0 or more where the options say so; the mean of the signed map and the bias are the logit. Only for networks whose head is global average pooling and one linear layer.</remarks>
public sealed class ClassicCam : ChannelCam
{
    private readonly Tensor _weight;

    /// <summary>Explains logits.</summary>
    /// <param name="network">It stays the caller's.</param>
    /// <param name="options">Signed; the defaults where null.</param>
    /// <exception cref="CxrModelException">The head is another one, or a layer is asked for that it does not pool.</exception>
    public ClassicCam(ExplainableNetwork network, TorchExplanationOptions? options = null)
        : base(network, options)
    {
        LayerGraph graph = network.Graph;
        int pooled = DefaultPlanes;
        if (Options.Layers.Any(name => graph.IndexOf(name) != pooled))
        {
            throw new CxrModelException(network.Card.Id, $"CAM is made from the planes that the head pools, '{graph.Layers[pooled].Name}' of '{network.Card.Id}'; {string.Join(", ", Options.Layers)} was asked for.");
        }

        _weight = graph.Layers[graph.Output].Weight!;
    }

    /// <inheritdoc/>
    private protected override int DefaultPlanes => PooledBy(Network);

    /// <inheritdoc/>
    public override string Method => "cam";

    private protected override CamSigns Signs => CamSigns.Kept;

    private protected override CamNeeds Needs => CamNeeds.Head;

    // Whatever planes the card names for other methods.
    private static int PooledBy(ExplainableNetwork network)
    {
        LayerGraph graph = network.Graph;
        Layer head = graph.Layers[graph.Output];
        return head.Kind == LayerKind.Dense && Behind(head) is { Kind: LayerKind.Routing } flat && Behind(flat) is { Kind: LayerKind.GlobalAveragePool } pool
            ? pool.Inputs[0]
            : throw new CxrModelException(network.Card.Id, $"'{network.Card.Id}' has no head of global average pooling and one linear layer, which CAM is made from; Grad-CAM or HiResCAM work with any head.");

        Layer Behind(Layer layer) => graph.Layers[layer.Inputs[0]];
    }

    private protected override Tensor Weights(CamLayer layer) => _weight.index_select(0, layer.Run.Targets);
}
